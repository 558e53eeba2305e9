/**
 * Notices in queue mode. Each webhook process knows what it has received itself, so a notice may start an
 * execution in each, never more, and none is lost. With QUEUE_RESULTS=<file> the table is written there, too.
 */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { until, type WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { outputOf, RUNNING } from '../../scripts/real-n8n/execution.cts';
import type { RunningQueue } from '../../scripts/real-n8n/queue/start.cts';
import type { Delivery } from '../../simulator/index.cts';
import { hardware, today } from '../bench/support/machine.cts';
import { callAndWait, code, contacts, start, trigger } from '../e2e/support/nodes.cts';
import {
	allOutputs,
	inARow,
	START_MS,
	startQueueWorld,
	WEBHOOK_PROCESSES,
	type World,
} from '../e2e/support/world.cts';

const SCENARIO_MS = 300_000;
const QUIET_MS = 3_000;
/** As long without a change, and what has not begun never will: its process was killed. */
const STUCK_MS = 45_000;

/** AI Rudder's minute between repeats is 15 seconds here; its ten seconds for an answer are real. */
const VENDOR = { speed: 4, webhookConcurrency: 1_000 };

/** What became of the notices of one scenario. */
interface Tally {
	/** Calls in all notices. */
	calls: number;
	/** Requests of AI Rudder, copies and repeats included. */
	requests: number;
	/** Also those in which n8n stores that it was too busy. */
	executions: number;
	/** Items that hold the call which is in most of them. */
	most: number;
	/** Calls that n8n has not taken in any of AI Rudder's attempts: it answered late or with an error. */
	untaken: number;
	/** Stored and never begun: they stand under Executions, to be run again by hand. */
	notRun: number;
	/** Calls that n8n has taken, with 200, and that are in no item; and those that are in more than one. */
	lost: number;
	doubled: number;
	/** The same behind n8n's Remove Duplicates node. */
	lostBehind: number;
	doubledBehind: number;
}

const COLUMNS: Array<[keyof Tally, string]> = [
	['calls', 'calls'],
	['requests', 'requests'],
	['executions', 'executions'],
	['untaken', 'not taken'],
	['lost', 'lost'],
	['doubled', 'twice'],
	['lostBehind', 'lost behind Remove Duplicates'],
	['doubledBehind', 'twice behind it'],
];

const table = new Map<string, Tally>();

let world: World<RunningQueue>;

beforeAll(async () => {
	world = await startQueueWorld(VENDOR);
}, START_MS);

afterAll(async () => {
	await world?.close();
	await printTable();
});

/** A Markdown table as prettier leaves it. */
function aligned([head, ...rows]: string[][]): string {
	const widths = head.map((_, column) =>
		Math.max(3, ...[head, ...rows].map((cells) => cells[column].length)),
	);
	const lines = [head, widths.map((width) => '-'.repeat(width)), ...rows];
	return lines
		.map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |\n`)
		.join('');
}

async function printTable(): Promise<void> {
	const text = aligned([
		['notices', ...COLUMNS.map(([, head]) => head)],
		...[...table].map(([name, tally]) => [
			name,
			...COLUMNS.map(([column]) => String(tally[column])),
		]),
	]);
	process.stdout.write(`\n${text}\n`);
	const file = process.env.QUEUE_RESULTS;
	if (!file) return;
	await writeFile(
		file,
		`# Notices in queue mode\n\nWritten by \`QUEUE_RESULTS=test/bench/QUEUE.md npm run test:queue -- notices\` on ${today()}, ${hardware()}: ${WEBHOOK_PROCESSES} webhook processes in turn, 2 workers. Lost has to be 0; a call is in at most one item of each webhook process, unless one was killed.\n\n${text}`,
	);
}

const removeDuplicates: WorkflowNode = {
	name: 'Remove Duplicates',
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.eventId }}',
		options: {},
	},
};

interface Listener {
	workflowId: string;
	url: string;
	names: [trigger: string, behind: string];
}

async function listen(parameters: Record<string, unknown> = {}): Promise<Listener> {
	const node = trigger(world.credential, parameters);
	const flow = inARow('Notices', node, removeDuplicates);
	const { id } = await world.client.createWorkflow(flow);
	await world.client.activate(id);
	const url = world.client.webhookUrl(node);
	return { workflowId: id, url, names: [node.name, removeDuplicates.name] };
}

/** Until all executions have ended and no further one comes for a while; gives how many do not end. */
async function allEnded(workflowId: string): Promise<number> {
	let before = '';
	let quietSince = Date.now();
	for (;;) {
		const statuses = (await world.client.executions(workflowId)).map(({ status }) => status);
		const running = statuses.filter((status) => RUNNING.includes(status)).length;
		const now = statuses.join();
		if (now !== before) quietSince = Date.now();
		before = now;
		if (Date.now() - quietSince > (running === 0 ? QUIET_MS : STUCK_MS)) return running;
		await sleep(500);
	}
}

const callIdsOf = ({ body }: Delivery): string[] =>
	z
		.array(z.object({ CallID: z.string() }))
		.parse(body.Details)
		.map(({ CallID }) => CallID);

/** Has notices sent, lets AI Rudder repeat to the end, and counts. */
async function tally(
	name: string,
	{ workflowId, names }: Listener,
	send: () => Promise<void>,
): Promise<Tally> {
	const { simulator, client } = world;
	const from = simulator.deliveries.length;
	await send();
	await simulator.settled(SCENARIO_MS);
	const notRun = await allEnded(workflowId);

	const requests = simulator.deliveries.slice(from);
	const calls = [...new Set(requests.flatMap(callIdsOf))];
	const answered = requests.filter(({ status }) => status === 200);
	const taken = new Set(answered.flatMap(callIdsOf));
	const [first, behind] = await Promise.all(
		names.map(async (node) => {
			const items = await allOutputs(client, workflowId, node);
			const found = items.map(({ json }) => json.callId);
			return calls.map((id) => found.filter((other) => other === id).length);
		}),
	);
	const lost = (counts: number[]) =>
		counts.filter((count, index) => count === 0 && taken.has(calls[index])).length;
	const doubled = (counts: number[]) => counts.filter((count) => count > 1).length;
	const counted = {
		calls: calls.length,
		requests: requests.length,
		executions: (await client.executions(workflowId)).length,
		untaken: calls.length - taken.size,
		notRun,
		lost: lost(first),
		most: Math.max(...first),
		doubled: doubled(first),
		lostBehind: lost(behind),
		doubledBehind: doubled(behind),
	};
	table.set(name, counted);
	return counted;
}

async function oneAfterAnother(url: string): Promise<void> {
	const [{ body }] = await world.simulator.fire('callCompletion', {}, url);
	for (let repeat = 0; repeat < 5; repeat++) {
		await sleep(2_000);
		await world.simulator.fire('callCompletion', body, url);
	}
}

test(
	'200 copies of one notice at once start an execution in each webhook process at most',
	async () => {
		const listener = await listen();
		const counted = await tally('200 copies of one at once', listener, async () => {
			await world.simulator.fire('callCompletion', {}, listener.url, { copies: 200 });
		});
		expect(counted).toMatchObject({ calls: 1, lost: 0 });
		expect(counted.most).toBeLessThanOrEqual(WEBHOOK_PROCESSES);
	},
	SCENARIO_MS,
);

test.each([
	['when stored', {}],
	['immediately', { options: { respond: 'immediately' } }],
])(
	'copies of one notice, seconds apart, answered %s',
	async (name, parameters) => {
		const listener = await listen(parameters);
		const counted = await tally(
			`6 copies of one, two seconds apart, answered ${name}`,
			listener,
			() => oneAfterAnother(listener.url),
		);
		expect(counted).toMatchObject({ calls: 1, requests: 6, lost: 0 });
		expect(counted.most).toBeLessThanOrEqual(WEBHOOK_PROCESSES);
		expect(counted.doubledBehind).toBe(0);
	},
	SCENARIO_MS,
);

test(
	'50 notices of 10 calls at once: none lost',
	async () => {
		const listener = await listen();
		const counted = await tally('50 of 10 calls at once', listener, async () => {
			await fireAll(listener.url, 50, 10);
		});
		expect(counted).toMatchObject({ calls: 500, lost: 0 });
		expect(counted.most).toBeLessThanOrEqual(WEBHOOK_PROCESSES);
	},
	SCENARIO_MS,
);

test(
	'a webhook process is killed midway: none lost',
	async () => {
		const listener = await listen();
		const [victim] = world.n8n.webhooks;
		const counted = await tally('50, a webhook process killed midway', listener, async () => {
			const sent = fireAll(listener.url, 50, 1);
			await until('some answers', async () => {
				const answered = world.simulator.deliveries.filter(
					({ url, status }) => url === listener.url && status === 200,
				);
				return answered.length >= 10 ? true : undefined;
			});
			await victim.kill();
			await victim.restart();
			await sent;
		});
		expect(counted.calls).toBe(50);
		expect(counted.lost).toBeLessThanOrEqual(counted.notRun);
	},
	SCENARIO_MS,
);

const fireAll = (url: string, notices: number, calls: number): Promise<unknown> =>
	Promise.all(
		Array.from({ length: notices }, () =>
			world.simulator.fire('callCompletion', {}, url, { calls }),
		),
	);

test(
	'an outcome finds the execution that waits for it, whichever webhook process it reaches, and its copy at the other changes nothing',
	async () => {
		const { url } = await listen();
		for (const first of world.n8n.webhooks) {
			const flow = [start(), contacts(1), callAndWait(world.credential), AFTER];
			const { id: workflowId } = await world.client.createWorkflow(inARow('Call', ...flow));
			const id = await world.client.startManually(workflowId, 'Start');
			expect((await world.client.finished(id)).status).toBe('waiting');
			const { callee, variables } = world.simulator.acceptedContacts().slice(-1)[0];
			const row = {
				CalleeNumber: callee,
				CallID: randomUUID(),
				Status: 'finished',
				Variables: variables,
			};

			const others = world.n8n.webhooks.filter((other) => other !== first);
			for (const webhook of [first, ...others]) {
				const direct = url.replace(world.n8n.url, webhook.url);
				const [{ status }] = await world.simulator.fire(
					'callCompletion',
					{ Details: [row] },
					direct,
				);
				expect(status).toBe(200);
			}

			const run = await until('the outcome', async () => {
				const execution = await world.client.execution(id);
				return [...RUNNING, 'waiting'].includes(execution.status) ? undefined : execution;
			});
			await sleep(2_000);
			expect(run.status).toBe('success');
			expect(outputOf(await world.client.execution(id), 'After')).toMatchObject([
				{ json: { callId: row.CallID, timedOut: false } },
			]);
		}
	},
	SCENARIO_MS,
);

const AFTER = code('After', 'return $input.all();');
