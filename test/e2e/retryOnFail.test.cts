/**
 * n8n's Retry On Fail runs a node again after it ended with an error, and also when its first item is a
 * failed one. For an upload that must never mean that somebody is dialled twice.
 */
import type { Workflow } from '../../scripts/real-n8n/client.cts';
import { errorOf, outputOf, type Item } from '../../scripts/real-n8n/execution.cts';
import type { FaultKind } from '../../simulator/index.cts';
import { addContacts, contacts, createTask, start } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, START_MS);

afterAll(() => world?.close(), 60_000);

const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

/** Fault of the first batch, state of its contacts after two tries, contacts taken in the end. */
const FAULTS: Array<[FaultKind, string, number]> = [
	['reset-after', 'unknown', 2],
	['timeout-after', 'unknown', 2],
	['reset-before', 'unknown', 0],
	['http-503', 'unknown', 0],
	['body-403', 'uploaded', 6],
];

const NODES = {
	'workflowTask:create': async () => createTask(world.credential, 'Upload', OPTIONS),
	'contact:add': async () => {
		const empty = createTask(world.credential, 'Empty', {}, { contactsFrom: 'none' });
		const { id } = await world.client.createWorkflow(inARow('Empty', start(), empty));
		const [task] = outputOf(await world.client.runManually(id, 'Start'), 'Create');
		return addContacts(world.credential, String(task.json.workflowId), OPTIONS);
	},
};

const OPTIONS = { batchSize: 2, timeoutSeconds: 1 };

const cases = (Object.keys(NODES) as Array<keyof typeof NODES>).flatMap((operation) =>
	ON_ERROR.flatMap((onError) =>
		FAULTS.map(([kind, state, taken]) => ({ operation, onError, kind, state, taken })),
	),
);

test.each(cases)(
	'$operation, $kind, On Error: $onError',
	async ({ operation, onError, kind, state, taken }) => {
		const upload = {
			...(await NODES[operation]()),
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 50,
			onError,
		};
		const { id } = await world.client.createWorkflow(uploadOf(upload));
		const before = world.simulator.acceptedContacts().length;
		world.simulator.faults.add({ operation, kind, times: 1 });

		const run = await world.client.runManually(id, 'Start');

		world.simulator.faults.clear();
		const accepted = world.simulator.acceptedContacts().slice(before);
		const numbers = accepted.map(({ callee }) => callee);
		expect(new Set(numbers).size).toBe(numbers.length);
		// Of three batches one is at fault; of an Add up to two others are under way beside it.
		const others = operation === 'contact:add' && state === 'unknown' ? numbers.length - taken : 0;
		expect(numbers.length).toBe(taken + others);

		const all = [0, 1].flatMap((output) => outputOf(run, upload.name, output));
		if (state === 'uploaded') {
			expect(all.map(({ json }) => json.state)).toEqual(Array(6).fill('uploaded'));
		} else if (onError === 'stopWorkflow') {
			expect(errorOf(run)?.message).toMatch(/2 perhaps uploaded/);
		} else {
			const toErrorOutput = onError === 'continueErrorOutput';
			const failed = outputOf(run, upload.name, toErrorOutput ? 1 : 0).filter(
				({ json }) => json.error,
			);
			const stateOf = ({ json }: Item) => (toErrorOutput ? json.details : json) as object;
			expect(failed.slice(0, 2).map(stateOf)).toMatchObject([{ state }, { state }]);
			expect(all).toHaveLength(6);
			const uploaded = all.filter(({ json }) => json.state === 'uploaded');
			expect(uploaded).toHaveLength(others);
		}
	},
	60_000,
);

const uploadOf = (upload: Workflow['nodes'][number]): Workflow =>
	inARow('Upload', start(), contacts(6), upload);
