/** The button "Retry" under Executions, which can be pressed more than once for the same execution. */
import { errorOf, outputOf, type Execution } from '../../scripts/real-n8n/execution.cts';
import { contacts, createTask, start } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, START_MS);

afterEach(() => world.simulator.faults.clear());

afterAll(() => world?.close(), 60_000);

/** 401 to 403: AI Rudder has taken nobody of this request. */
const refuseOneBatch = () =>
	world.simulator.faults.add({ operation: 'contact:add', kind: 'body-403', times: 1 });

const accepted = () => world.simulator.acceptedContacts().map(({ callee }) => callee);

const countsOf = (execution: Execution) => errorOf(execution)?.message.replace(/^.*certain: /, '');

test('whoever was not sent is sent by one retry, and nobody by two', async () => {
	const upload = createTask(world.credential, 'Upload', { batchSize: 2 });
	const { id } = await world.client.createWorkflow(inARow('Upload', start(), contacts(6), upload));
	refuseOneBatch();
	const failed = await world.client.runManually(id, 'Start');
	expect(countsOf(failed)).toBe('2 not sent (4 uploaded)');

	refuseOneBatch();
	const retry = await world.client.retryExecution(failed.id);
	expect(countsOf(retry)).toBe('2 not sent (4 uploaded)');
	expect(accepted()).toHaveLength(4);

	const again = await world.client.retryExecution(failed.id);
	expect(countsOf(again)).toBe('2 perhaps uploaded (4 uploaded)');
	expect(errorOf(again)?.description).toMatch(/Retry the newest of its executions/);
	expect(accepted()).toHaveLength(4);

	const newest = await world.client.retryExecution(retry.id);
	expect(errorOf(newest)).toBeUndefined();
	expect(outputOf(newest, upload.name).map(({ json }) => json.state)).toEqual(
		Array(6).fill('uploaded'),
	);
	expect(new Set(accepted()).size).toBe(6);
	expect(accepted()).toHaveLength(6);
});
