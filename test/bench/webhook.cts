/** Intake of call notices: our trigger beside the floor for a package and n8n's own nodes. */
import { say } from '../../scripts/real-n8n/progress.cts';
import { SIGNING_KEY, startWorld, type World } from '../e2e/support/world.cts';
import { installEmptyTrigger } from './support/emptyTrigger.cts';
import { sendAll } from './support/load.cts';
import { callNotices } from './support/notices.cts';
import { brief, median, percentile, times } from './support/numbers.cts';
import type { Benchmark, Goal, Report, Table } from './support/report.cts';
import { ended } from './support/runs.cts';
import {
	emptyTrigger,
	oursTrigger,
	WEBHOOK_PEERS,
	webhookNode,
	type WebhookPeer,
} from './webhookPeers.cts';

const ROUNDS = 3;
const CALLS = [1, 200];
const WARM_UP = 10;

/** How many notices a round sends at which concurrency. */
const LOADS: ReadonlyArray<{ concurrency: number; notices: number }> = [
	{ concurrency: 1, notices: 10 },
	{ concurrency: 20, notices: 40 },
	{ concurrency: 100, notices: 100 },
];

const ENGINES: ReadonlyArray<{ name: string; env: Record<string, string> }> = [
	{ name: 'default expression engine', env: {} },
	{ name: 'N8N_EXPRESSION_ENGINE=legacy', env: { N8N_EXPRESSION_ENGINE: 'legacy' } },
];

interface Cell {
	durations: number[];
	/** Executions per second of each round, from the first request to the end of the last execution. */
	rates: number[];
	failures: number;
}

/** A peer that listens. */
interface Listening {
	peer: WebhookPeer;
	workflowId: string;
	url: string;
	executions: number;
}

async function listen({ client, n8n, credential }: World, peer: WebhookPeer): Promise<Listening> {
	const { workflow, path } = peer.build(credential);
	const { id } = await client.createWorkflow(workflow);
	await client.activate(id);
	return { peer, workflowId: id, url: `${n8n.url}${path}`, executions: 0 };
}

async function sendRound(
	{ client }: World,
	listening: Listening,
	calls: number,
	{ concurrency, notices }: (typeof LOADS)[number],
	cell: Cell,
): Promise<void> {
	const bodies = callNotices(notices, calls, SIGNING_KEY);
	const answers = await sendAll(listening.url, bodies, concurrency);
	listening.executions += notices - answers.failures;
	const executions = await ended(client, listening.workflowId, listening.executions);
	const bad = executions.find(({ status }) => status !== 'success');
	if (bad) throw new Error(`${listening.peer.name}: execution ${bad.id} ended with ${bad.status}`);
	const last = Math.max(...executions.map(({ stoppedAt }) => Date.parse(stoppedAt ?? '')));
	cell.durations.push(...answers.durations);
	cell.rates.push(((notices - answers.failures) * 1000) / (last - answers.startedAt));
	cell.failures += answers.failures;
}

type Cells = Map<WebhookPeer, Cell>;

/** The rounds of all peers take turns, so that a slow minute of the machine is everybody's. */
async function measure(
	world: World,
	listening: Listening[],
	calls: number,
	load: (typeof LOADS)[number],
	rounds: number,
): Promise<Cells> {
	const cells: Cells = new Map(
		listening.map(({ peer }) => [peer, { durations: [], rates: [], failures: 0 }]),
	);
	for (let round = 0; round < rounds; round++) {
		for (const each of listening) {
			const cell = cells.get(each.peer);
			if (cell) await sendRound(world, each, calls, load, cell);
		}
	}
	return cells;
}

interface Measured {
	calls: number;
	concurrency: number;
	cells: Cells;
}

const cellOf = ({ cells }: Measured, peer: WebhookPeer): Cell => {
	const cell = cells.get(peer);
	if (!cell) throw new Error(`${peer.name} was not measured`);
	return cell;
};

function toTable(engine: string, calls: number, measured: Measured[]): Table {
	const own = measured.filter((each) => each.calls === calls);
	return {
		title: `${calls === 1 ? 'one call' : `${calls} calls`} a notice, ${engine}`,
		head: [
			'',
			...own.flatMap(({ concurrency }) => [
				`${concurrency} at a time: median / p99`,
				'executions/s',
			]),
		],
		rows: WEBHOOK_PEERS.map((peer) => [
			peer.name,
			...own.flatMap((each) => {
				const { durations, rates, failures } = cellOf(each, peer);
				const failed = failures > 0 ? `, ${failures} failed` : '';
				return [
					`${brief(median(durations))} / ${brief(percentile(durations, 0.99))} ms${failed}`,
					brief(median(rates)),
				];
			}),
		]),
	};
}

function goalsOf(engine: string, measured: Measured[]): Goal[] {
	const response = measured
		.filter(({ calls }) => calls === 1)
		.map((each) => {
			const [own, floor] = [oursTrigger, emptyTrigger].map((peer) =>
				median(cellOf(each, peer).durations),
			);
			return { concurrency: each.concurrency, ratio: own / floor };
		});
	const rate = measured
		.filter(({ calls }) => calls > 1)
		.map((each) => {
			const [own, floor, core] = [oursTrigger, emptyTrigger, webhookNode].map((peer) =>
				median(cellOf(each, peer).rates),
			);
			return { concurrency: each.concurrency, ratio: own / core, floor: floor / core };
		});
	return [
		{
			what: `median response ≤ 1.05 × the empty community trigger's, ${engine}`,
			met: response.every(({ ratio }) => ratio <= 1.05),
			figures: response
				.map(({ concurrency, ratio }) => `${times(ratio)} at ${concurrency}`)
				.join(', '),
		},
		{
			what: `200-call notices per second ≥ 0.95 × the Webhook node's, ${engine}`,
			met: rate.every(({ ratio }) => ratio >= 0.95),
			figures: rate
				.map(
					({ concurrency, ratio, floor }) =>
						`${times(ratio)} at ${concurrency}, where the empty trigger has ${times(floor)}`,
				)
				.join('; '),
		},
	];
}

async function run(quick: boolean): Promise<Report> {
	const report: Report = { tables: [], goals: [], remarks: [] };
	const loads = quick ? LOADS.slice(0, 2) : LOADS;
	const rounds = quick ? 1 : ROUNDS;
	for (const { name: engine, env } of ENGINES) {
		say(`  ${engine}`);
		const world = await startWorld({}, env);
		try {
			await installEmptyTrigger(world.n8n.userFolder);
			await world.n8n.restart();
			const measured: Measured[] = [];
			for (const calls of CALLS) {
				const listening: Listening[] = [];
				for (const peer of WEBHOOK_PEERS) listening.push(await listen(world, peer));
				await measure(world, listening, calls, { concurrency: 1, notices: WARM_UP }, 1);
				for (const load of loads) {
					say(`    ${calls} calls a notice, ${load.concurrency} at a time`);
					const cells = await measure(world, listening, calls, load, rounds);
					measured.push({ calls, concurrency: load.concurrency, cells });
				}
			}
			report.tables.push(...CALLS.map((calls) => toTable(engine, calls, measured)));
			report.goals.push(...goalsOf(engine, measured));
		} finally {
			await world.close();
		}
	}
	return report;
}

export const webhook: Benchmark = {
	name: 'webhook',
	title: 'Intake of notices',
	method:
		'Every notice is signed and reports calls that no other has reported. Response times are those of the sender; executions per second count from the first request until the last execution has ended. Three rounds, in which the peers take turns.',
	run,
};
