/** Intake of call notices: our trigger beside the floor for a package and n8n's own nodes. */
import { say } from '../../scripts/real-n8n/progress.cts';
import { seeded } from '../../simulator/random.cts';
import { SIGNING_KEY, startWorld, type World } from '../e2e/support/world.cts';
import { installEmptyTrigger } from './support/emptyTrigger.cts';
import { sendAll } from './support/load.cts';
import { callNotices } from './support/notices.cts';
import { brief, median, percentile, times } from './support/numbers.cts';
import type { Benchmark, Goal, Report, Table } from './support/report.cts';
import { ended } from './support/runs.cts';
import {
	emptyTrigger,
	emptyWithCredential,
	oursAsItCame,
	oursTrigger,
	recordTrigger,
	splitTrigger,
	WEBHOOK_PEERS,
	webhookNode,
	type WebhookPeer,
} from './webhookPeers.cts';

/** How many notices a round sends, so many at a time. */
interface Burst {
	concurrency: number;
	notices: number;
}

interface Case {
	/** Calls a notice. */
	calls: number;
	peers: readonly WebhookPeer[];
	loads: readonly Burst[];
}

/** After fewer, what has more code is still slower than it will be. */
const WARM_UP: Burst = { concurrency: 4, notices: 150 };

const CASES: readonly Case[] = [
	{
		calls: 1,
		peers: WEBHOOK_PEERS.filter((peer) => ![splitTrigger, oursAsItCame].includes(peer)),
		loads: [
			{ concurrency: 1, notices: 20 },
			{ concurrency: 20, notices: 60 },
			{ concurrency: 100, notices: 100 },
		],
	},
	{
		calls: 200,
		peers: WEBHOOK_PEERS.filter((peer) => peer !== emptyWithCredential),
		loads: [
			{ concurrency: 1, notices: 20 },
			{ concurrency: 20, notices: 60 },
			{ concurrency: 100, notices: 100 },
		],
	},
];

interface Engine {
	name: string;
	env: Record<string, string>;
	/** One round swings by a fifth; more of them take too long on the default engine. */
	rounds: number;
}

const ENGINES: readonly Engine[] = [
	{ name: 'default expression engine', env: {}, rounds: 4 },
	{
		name: 'N8N_EXPRESSION_ENGINE=legacy',
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
		rounds: 8,
	},
];

const REMARK =
	'On two shared cores a round swings by a fifth and more; therefore n8n’s own floor is measured in the same rounds: a trigger that checks and remembers nothing and makes the same items. Simplify off hands on what the Webhook node hands on. What a notice of 200 calls costs more is taken apart under “Where the time of a notice goes”.';

interface Round {
	durations: number[];
	/** Executions per second, from the first request to the end of the last execution. */
	rate: number;
	failures: number;
}

/** A peer that listens. */
export interface Listening {
	peer: WebhookPeer;
	workflowId: string;
	url: string;
	executions: number;
}

export async function listen(
	{ client, n8n, credential }: World,
	peer: WebhookPeer,
): Promise<Listening> {
	const { workflow, path } = peer.build(credential);
	const { id } = await client.createWorkflow(workflow);
	await client.activate(id);
	return { peer, workflowId: id, url: `${n8n.url}${path}`, executions: 0 };
}

export async function sendRound(
	{ client }: World,
	listening: Listening,
	calls: number,
	{ concurrency, notices }: Burst,
): Promise<Round> {
	const bodies = callNotices(notices, calls, SIGNING_KEY);
	const answers = await sendAll(listening.url, bodies, concurrency);
	listening.executions += notices - answers.failures;
	const executions = await ended(client, listening.workflowId, listening.executions);
	const bad = executions.find(({ status }) => status !== 'success');
	if (bad) throw new Error(`${listening.peer.name}: execution ${bad.id} ended with ${bad.status}`);
	const last = Math.max(...executions.map(({ stoppedAt }) => Date.parse(stoppedAt ?? '')));
	const { durations, failures, startedAt } = answers;
	return { durations, failures, rate: ((notices - failures) * 1000) / (last - startedAt) };
}

type Rounds = Map<WebhookPeer, Round[]>;

function shuffled<T>(all: readonly T[], seed: string): T[] {
	const random = seeded(seed);
	return all
		.map((each) => ({ each, at: random.next() }))
		.sort((a, b) => a.at - b.at)
		.map(({ each }) => each);
}

/**
 * The peers take turns, so that a slow minute of the machine is everybody's, each time in another order:
 * whoever follows the Code node finds n8n still busy.
 */
async function measure(
	world: World,
	listening: Listening[],
	calls: number,
	load: Burst,
	count: number,
): Promise<Rounds> {
	const rounds: Rounds = new Map(listening.map(({ peer }) => [peer, []]));
	for (let round = 0; round < count; round++) {
		for (const each of shuffled(listening, `${calls} ${load.concurrency} ${round}`)) {
			rounds.get(each.peer)?.push(await sendRound(world, each, calls, load));
		}
	}
	return rounds;
}

interface Measured {
	calls: number;
	concurrency: number;
	rounds: Rounds;
}

const roundsOf = ({ rounds }: Measured, peer: WebhookPeer): Round[] => {
	const own = rounds.get(peer);
	if (!own) throw new Error(`${peer.name} was not measured`);
	return own;
};

const response = ({ durations }: Round): number => median(durations);
const rate = (round: Round): number => round.rate;

/** One peer's figure through another's, round by round, because the machine's speed changes between. */
function quotient(
	measured: Measured,
	of: (round: Round) => number,
	peer: WebhookPeer,
	other: WebhookPeer,
): { middle: number; text: string } {
	const others = roundsOf(measured, other);
	const all = roundsOf(measured, peer).map((round, index) => of(round) / of(others[index]));
	const middle = median(all);
	const spread = `${brief(Math.min(...all))} to ${brief(Math.max(...all))}`;
	return { middle, text: `${times(middle)} at ${measured.concurrency} (rounds: ${spread})` };
}

function toTable(engine: string, { calls, peers }: Case, measured: Measured[]): Table {
	return {
		title: `${calls === 1 ? 'one call' : `${calls} calls`} a notice, ${engine}`,
		head: [
			'',
			...measured.flatMap(({ concurrency }) => [
				`${concurrency} at a time: median / p99`,
				'executions/s',
			]),
		],
		rows: peers.map((peer) => [
			peer.name,
			...measured.flatMap((each) => {
				const rounds = roundsOf(each, peer);
				const durations = rounds.flatMap((round) => round.durations);
				const failures = rounds.reduce((sum, round) => sum + round.failures, 0);
				const failed = failures > 0 ? `, ${failures} failed` : '';
				return [
					`${brief(median(durations))} / ${brief(percentile(durations, 0.99))} ms${failed}`,
					brief(median(rounds.map(rate))),
				];
			}),
		]),
	};
}

function goalsOf(engine: string, measured: Measured[]): Goal[] {
	const one = measured
		.filter(({ calls }) => calls === 1)
		.map((each) => ({
			own: quotient(each, response, oursTrigger, emptyTrigger),
			floor: quotient(each, response, recordTrigger, emptyTrigger),
		}));
	const many = measured
		.filter(({ calls }) => calls > 1)
		.map((each) => ({
			items: quotient(each, rate, oursTrigger, webhookNode),
			floor: quotient(each, rate, recordTrigger, webhookNode),
			own: quotient(each, rate, oursTrigger, recordTrigger),
			asItCame: quotient(each, rate, oursAsItCame, webhookNode),
		}));
	return [
		{
			what: `median response ≤ 1.05 × the empty community trigger's, ${engine}`,
			met: one.every(({ own }) => own.middle <= 1.05),
			figures: one
				.map(
					({ own, floor }) =>
						`${own.text}, where n8n's floor for items like ours has ${times(floor.middle)}`,
				)
				.join('; '),
		},
		{
			what: `200-call notices per second, handed on as they came (Simplify off), ≥ 0.95 × the Webhook node's, ${engine}`,
			met: many.every(({ asItCame }) => asItCame.middle >= 0.95),
			figures: many.map(({ asItCame }) => asItCame.text).join('; '),
		},
		{
			what: `200-call notices per second, as an item per call, ≥ 0.95 × the Webhook node's, ${engine}`,
			met: many.every(({ items }) => items.middle >= 0.95),
			figures: many
				.map(
					({ items, floor, own }) =>
						`${items.text}, where n8n's floor for items like ours has ${times(floor.middle)}: ours through it ${times(own.middle)}`,
				)
				.join('; '),
		},
	];
}

async function run(quick: boolean): Promise<Report> {
	const report: Report = { tables: [], goals: [], remarks: [REMARK] };
	for (const { name: engine, env, rounds: count } of ENGINES) {
		say(`  ${engine}`);
		const world = await startWorld({}, env);
		try {
			await installEmptyTrigger(world.n8n.userFolder);
			await world.n8n.restart();
			const measured: Measured[] = [];
			for (const each of CASES) {
				const { calls, peers } = each;
				const loads = quick ? each.loads.slice(0, 2) : each.loads;
				const listening: Listening[] = [];
				for (const peer of peers) listening.push(await listen(world, peer));
				await measure(world, listening, calls, WARM_UP, 1);
				const own: Measured[] = [];
				for (const load of loads) {
					const { concurrency } = load;
					say(`    ${calls} calls a notice, ${concurrency} at a time`);
					const rounds = await measure(world, listening, calls, load, quick ? 1 : count);
					own.push({ calls, concurrency, rounds });
				}
				report.tables.push(toTable(engine, each, own));
				measured.push(...own);
			}
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
		'Every notice is signed and reports calls that no other has reported. Response times are those of the sender; executions per second count from the first request until the last execution has ended. In each round the peers take turns; ratios are medians over the rounds. On the default engine n8n takes an isolate for every webhook but its own Webhook node.',
	run,
};
