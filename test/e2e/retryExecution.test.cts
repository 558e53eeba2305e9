/** The button "Retry" under Executions, which can be pressed more than once for the same execution. */
import { randomUUID } from 'node:crypto';
import { until } from '../../scripts/real-n8n/client.cts';
import { errorOf, outputOf, type Execution } from '../../scripts/real-n8n/execution.cts';
import { aiRudder, code, contacts, createTask, start } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, START_MS);

afterEach(() => world.simulator.faults.clear());

afterAll(() => world?.close());

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

test('nobody whom a killed execution has begun to send, in whatever order; whom another one did not come to is sent', async () => {
	const path = randomUUID();
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { path, httpMethod: 'POST', options: {} },
	};
	const upload = createTask(world.credential, 'Upload', { batchSize: 2 });
	const templates = aiRudder(world.credential, 'Templates', {
		resource: 'workflowTemplate',
		operation: 'getAll',
	});
	const people = code(
		'People',
		`return Array.from({ length: 6 }, (_, i) => {
			const n = (i + Number($execution.id)) % 6;
			return { json: { phone: '+120255501' + String(n).padStart(2, '0'), case: 'CASE-' + n, name: 'Person ' + n } };
		});`,
	);
	const workflow = inARow('Upload', webhook, templates, people, upload);
	const { id } = await world.client.createWorkflow(workflow);
	await world.client.activate(id);
	const before = accepted().length;
	// After a restart n8n answers before its webhooks do.
	const startAs = (order: string) =>
		until('the webhook', async () => {
			const { status } = await fetch(`${world.n8n.url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ order }),
			});
			return status === 200 ? true : undefined;
		});
	const statusOf = async (wanted: string, but?: string) =>
		await until(`an execution to be ${wanted}`, async () => {
			const executions = await world.client.executions(id).catch(() => []);
			return executions.find((each) => each.status === wanted && each.id !== but);
		});

	world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'timeout-after' });
	await startAs('first');
	await until('the first batch', async () => (accepted().length > before ? true : undefined));
	await world.n8n.kill();
	world.simulator.faults.clear();
	await world.n8n.restart();
	const crashed = await statusOf('crashed');
	const sent = accepted();

	const retry = await world.client.retryExecution(crashed.id);
	expect(countsOf(retry)).toBe('6 perhaps uploaded (0 uploaded)');
	expect(errorOf(retry)?.description).toMatch(/has begun this upload/);
	expect(accepted()).toEqual(sent);

	world.simulator.faults.add({ operation: 'workflowTemplate:getAll', kind: 'body-403', times: 1 });
	await startAs('second');
	const other = await world.client.retryExecution((await statusOf('error', retry.id)).id);
	expect(outputOf(other, upload.name).map(({ json }) => json.state)).toEqual(
		Array(6).fill('uploaded'),
	);
	expect(accepted()).toHaveLength(sent.length + 6);
}, 180_000);
