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

afterEach(() => world.simulator.faults.clear());

afterAll(() => world?.close());

const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

/** Fault of the first batch, state of its contacts after two tries, and who has been taken then. */
const FAULTS: Array<[FaultKind, 'unknown' | 'uploaded', 'the batch' | 'nobody' | 'all']> = [
	['reset-after', 'unknown', 'the batch'],
	['timeout-after', 'unknown', 'the batch'],
	['reset-before', 'unknown', 'nobody'],
	['http-503', 'unknown', 'nobody'],
	['body-403', 'uploaded', 'all'],
];

const CONTACTS = 6;

/** The batches of an Add go out side by side, so that only with a single one the first is at fault. */
const BATCH_SIZE = { 'workflowTask:create': 2, 'contact:add': CONTACTS };

const optionsOf = (operation: keyof typeof BATCH_SIZE, kind: FaultKind) => ({
	batchSize: BATCH_SIZE[operation],
	timeoutSeconds: kind === 'timeout-after' ? 1 : 20,
});

const NODES = {
	'workflowTask:create': async (kind: FaultKind) =>
		createTask(world.credential, 'Upload', optionsOf('workflowTask:create', kind)),
	'contact:add': async (kind: FaultKind) => {
		const empty = createTask(world.credential, 'Empty', {}, { contactsFrom: 'none' });
		const { id } = await world.client.createWorkflow(inARow('Empty', start(), empty));
		const [task] = outputOf(await world.client.runManually(id, 'Start'), 'Create');
		const options = optionsOf('contact:add', kind);
		return addContacts(world.credential, String(task.json.workflowId), options);
	},
};

const cases = (Object.keys(NODES) as Array<keyof typeof NODES>).flatMap((operation) =>
	ON_ERROR.flatMap((onError) =>
		FAULTS.map(([kind, state, taken]) => ({ operation, onError, kind, state, taken })),
	),
);

test.each(cases)(
	'$operation, $kind, On Error: $onError',
	async ({ operation, onError, kind, state, taken }) => {
		const upload = {
			...(await NODES[operation](kind)),
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 50,
			onError,
		};
		const { id } = await world.client.createWorkflow(uploadOf(upload));
		const before = world.simulator.acceptedContacts().length;
		world.simulator.faults.add({ operation, kind, times: 1 });

		const run = await world.client.runManually(id, 'Start');

		const accepted = world.simulator.acceptedContacts().slice(before);
		const numbers = accepted.map(({ callee }) => callee);
		expect(new Set(numbers).size).toBe(numbers.length);
		const batch = BATCH_SIZE[operation];
		expect(numbers).toHaveLength({ 'the batch': batch, nobody: 0, all: CONTACTS }[taken]);

		const all = [0, 1].flatMap((output) => outputOf(run, upload.name, output));
		if (state === 'uploaded') {
			expect(all.map(({ json }) => json.state)).toEqual(Array(CONTACTS).fill('uploaded'));
		} else if (onError === 'stopWorkflow') {
			expect(errorOf(run)?.message).toMatch(new RegExp(`\\b${batch} perhaps uploaded`));
		} else {
			const toErrorOutput = onError === 'continueErrorOutput';
			const failed = outputOf(run, upload.name, toErrorOutput ? 1 : 0).filter(
				({ json }) => json.error,
			);
			const stateOf = ({ json }: Item) => (toErrorOutput ? json.message : json) as object;
			expect(failed.slice(0, batch).map(stateOf)).toMatchObject(Array(batch).fill({ state }));
			expect(all).toHaveLength(CONTACTS);
			expect(all.filter(({ json }) => json.state === 'uploaded')).toEqual([]);
		}
	},
);

const uploadOf = (upload: Workflow['nodes'][number]): Workflow =>
	inARow('Upload', start(), contacts(CONTACTS), upload);
