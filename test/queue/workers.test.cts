/**
 * Uploads in workers that die, freeze or are stopped. The one thing that must not happen is that another
 * worker sends the contacts again from the first: everybody in the upload would be dialled twice.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, type WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { errorOf, outputOf } from '../../scripts/real-n8n/execution.cts';
import type { RunningQueue } from '../../scripts/real-n8n/queue/start.cts';
import type { RunningN8n } from '../../scripts/real-n8n/start.cts';
import { contacts, createTask, start } from '../e2e/support/nodes.cts';
import { RUNS_AGAIN } from '../e2e/support/release.cts';
import { inARow, START_MS, startQueueWorld, type World } from '../e2e/support/world.cts';

jest.setTimeout(180_000);

/** A tenth of n8n's own times, after which a worker that no longer reports is given up. */
const STALLED = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};
const LONG_AFTER_MS = 15_000;
/** n8n takes its time to give up a worker. */
const GIVEN_UP_MS = 120_000;

const CONTACTS = 30;
/** Enough requests, and slow enough, that a worker can be met in the middle of them. */
const BATCH_SIZE = 1;
const LATENCY_MS = 400;

let world: World<RunningQueue>;

beforeAll(async () => {
	world = await startQueueWorld({}, STALLED);
}, START_MS);

afterAll(() => world?.close());

beforeEach(() => {
	world.simulator.options.latencyMs = LATENCY_MS;
});

const GO = 'go';

const hook = (): WorkflowNode => ({
	name: 'Go',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: randomUUID(),
	parameters: { httpMethod: 'POST', path: GO, options: {} },
});

/** An upload that is under way: its execution, the worker that has it, and whom AI Rudder has taken so far. */
async function underWay(begin: 'by hand' | 'by a webhook') {
	const taken = numbersOf(world.simulator.acceptedContacts().length);
	const first = begin === 'by hand' ? start() : hook();
	const upload = createTask(world.credential, 'Upload', { batchSize: BATCH_SIZE });
	const { id: workflowId } = await world.client.createWorkflow(
		inARow('Upload', first, contacts(CONTACTS), upload),
	);
	let id: string;
	if (begin === 'by hand') {
		id = await world.client.startManually(workflowId, first.name);
	} else {
		await world.client.activate(workflowId);
		await fetch(`${world.n8n.url}/webhook/${GO}`, { method: 'POST' });
		id = await until('the execution', async () => {
			const [execution] = await world.client.executions(workflowId);
			return execution?.id;
		});
	}
	await until('some contacts', async () => (taken().length >= 5 ? true : undefined));
	const worker = await until('the worker', async () =>
		world.n8n.workers.find((each) => each.logs().includes(`Worker started execution ${id} `)),
	);
	return { id, workflowId, worker, taken };
}

const numbersOf = (from: number) => () =>
	world.simulator
		.acceptedContacts()
		.slice(from)
		.map(({ callee }) => callee);

/** What n8n says, and what the node says where n8n has another worker run it again. */
const GIVEN_UP = /failed to be processed too many times/;
const IN_DOUBT = new RegExp(`${CONTACTS} of ${CONTACTS} contacts .* ${CONTACTS} perhaps uploaded`);

const isDistinct = (numbers: string[]) => new Set(numbers).size === numbers.length;

/** Stops a worker, with its task runner, from doing anything, and lets it go on. */
const signal = ({ pid }: RunningN8n, name: 'SIGSTOP' | 'SIGCONT') => process.kill(-pid, name);

test.each(['by hand', 'by a webhook'] as const)(
	'an upload started %s whose worker is killed ends as failed, and nobody is sent again',
	async (begin) => {
		const { id, workflowId, worker, taken } = await underWay(begin);

		await worker.kill();
		// Not before: the upload would go on meanwhile.
		if (begin === 'by a webhook') await world.client.deactivate(workflowId);
		// What was on its way when the worker died.
		await sleep(2 * LATENCY_MS);
		const before = taken();
		const run = await world.client.finished(id, GIVEN_UP_MS);
		await worker.restart();
		await sleep(LONG_AFTER_MS);

		expect(before.length).toBeLessThan(CONTACTS);
		expect(isDistinct(before)).toBe(true);
		expect(taken()).toEqual(before);
		expect(run.status).toBe('error');
		expect(errorOf(run)?.message).toMatch(RUNS_AGAIN ? IN_DOUBT : GIVEN_UP);
		expect((await world.client.execution(id)).status).toBe(run.status);
		expect(await world.client.executions(workflowId)).toHaveLength(1);
	},
);

test('an upload whose worker stands still, is given up and wakes again dials nobody twice', async () => {
	const { id, worker, taken } = await underWay('by hand');

	signal(worker, 'SIGSTOP');
	const given = await world.client.finished(id, GIVEN_UP_MS);
	const before = taken().length;
	signal(worker, 'SIGCONT');
	await until('the rest', async () => (taken().length === CONTACTS ? true : undefined));
	await sleep(LONG_AFTER_MS);

	expect(given.status).toBe('error');
	expect(before).toBeLessThan(CONTACTS);
	expect(taken()).toHaveLength(CONTACTS);
	expect(isDistinct(taken())).toBe(true);
});

test('a worker that is stopped first ends its upload', async () => {
	const { id, worker, taken } = await underWay('by hand');

	await worker.stop();
	const run = await world.client.finished(id);
	await worker.restart();

	expect(run.status).toBe('success');
	expect(outputOf(run, 'Create').map(({ json }) => json.state)).toEqual(
		Array(CONTACTS).fill('uploaded'),
	);
	expect(taken()).toHaveLength(CONTACTS);
	expect(isDistinct(taken())).toBe(true);
});

test('a dead token costs a login a worker, however many uploads meet it', async () => {
	const nodes = [start(), contacts(3), createTask(world.credential, 'Upload')];
	const { id } = await world.client.createWorkflow(inARow('Upload', ...nodes));
	const { logins } = world.simulator;
	const before = world.simulator.acceptedContacts().length;
	world.simulator.expireTokens();

	const started = await Promise.all(
		Array.from({ length: 8 }, () => world.client.startManually(id, 'Start')),
	);
	const runs = await Promise.all(started.map((each) => world.client.finished(each)));

	expect(runs.map((run) => errorOf(run) ?? run.status)).toEqual(Array(8).fill('success'));
	expect(world.simulator.acceptedContacts()).toHaveLength(before + 8 * 3);
	const spent = world.simulator.logins - logins;
	expect(spent).toBeGreaterThanOrEqual(1);
	// In each worker a request may still leave with the old token while n8n stores the new one.
	expect(spent).toBeLessThanOrEqual(2 * world.n8n.workers.length);
});
