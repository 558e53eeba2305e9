/** Which storms there are: what n8n runs with, what is sent, what happens meanwhile, what has to hold. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowNode } from '../../scripts/real-n8n/client.cts';
import type { Delivery } from '../../simulator/index.cts';
import { seeded } from '../../simulator/random.cts';
import { emptyTrigger } from '../bench/webhookPeers.cts';
import { trigger } from '../e2e/support/nodes.cts';
import { lockDatabase } from '../e2e/support/sqliteLock.cts';
import { inARow, type World } from '../e2e/support/world.cts';
import type { Listening, Send } from './storm.cts';

export interface Storm {
	name: string;
	listen(world: World): Promise<Listening>;
	send: Send;
	/** Happens while the notices are under way. */
	meanwhile?(world: World): Promise<void>;
	/** `once`: nothing lost, nothing doubled; `atLeastOnce`: nothing lost; `any`: only to compare. */
	holds: 'once' | 'atLeastOnce' | 'any';
	/** Takes many minutes: only with `--full`. */
	long?: boolean;
}

/** Storms that share one n8n, one after the other. */
export interface Setting {
	env: Record<string, string>;
	/** 4 makes the vendor's minute between repeats 15 seconds; its ten seconds for an answer are real. */
	speed: number;
	storms: Storm[];
}

/** A workflow that begins with our trigger. */
const ours =
	(behind: WorkflowNode[] = [], parameters: Record<string, unknown> = {}): Storm['listen'] =>
	async ({ client, credential }) => {
		const node = trigger(credential, parameters);
		const { id } = await client.createWorkflow(inARow('Storm', node, ...behind));
		await client.activate(id);
		return { workflowId: id, trigger: node.name, url: client.webhookUrl(node) };
	};

const empty: Storm['listen'] = async ({ client, credential, n8n }) => {
	const { workflow, path } = emptyTrigger.build(credential);
	const { id } = await client.createWorkflow(workflow);
	await client.activate(id);
	return { workflowId: id, trigger: workflow.nodes[0].name, url: `${n8n.url}${path}` };
};

const atOnce =
	(notices: number, calls = 1): Send =>
	async ({ simulator }, url) => {
		const firsts = Array.from({ length: notices }, () =>
			simulator.fire('callCompletion', {}, url, { calls }),
		);
		return (await Promise.all(firsts)).flat();
	};

/** So many notices, the next always the given time after the one before. */
const inTurn =
	(notices: number, everyMs: number): Send =>
	async ({ simulator }, url) => {
		const firsts: Array<Promise<Delivery[]>> = [];
		for (let sent = 0; sent < notices; sent++) {
			firsts.push(simulator.fire('callCompletion', {}, url));
			await sleep(everyMs);
		}
		return (await Promise.all(firsts)).flat();
	};

/**
 * A lender who has 100,000 people called in eight hours gets the outcomes of 12,500 calls an hour. Here
 * they come in 3,600 notices: about 1,200 of one call, 1,130 of ten, 1,270 list completions; every
 * twentieth is sent twice at the same moment. The hour is over in twelve minutes.
 */
const HOUR = { notices: 3_600, single: 1_200, aggregated: 1_130, perSecond: 5, copied: 20 };

const anHour =
	(share: number): Send =>
	async ({ simulator }, url) => {
		const random = seeded('an hour');
		const firsts: Array<Promise<Delivery[]>> = [];
		for (let sent = 1; sent <= HOUR.notices * share; sent++) {
			const kind = random.between(1, HOUR.notices);
			const event = kind <= HOUR.single + HOUR.aggregated ? 'callCompletion' : 'listCompletion';
			const calls = kind > HOUR.single && event === 'callCompletion' ? 10 : 1;
			const copies = sent % HOUR.copied === 0 ? 2 : 1;
			firsts.push(simulator.fire(event, {}, url, { calls, copies }));
			// Gaps as of calls that end by chance, so that some notices come close together.
			await sleep((-Math.log(1 - random.next()) * 1000) / HOUR.perSecond);
		}
		return (await Promise.all(firsts)).flat();
	};

const bothEvents = ours([], { events: ['callCompletion', 'listCompletion'] });

const failing: WorkflowNode = {
	name: 'Fail',
	type: 'n8n-nodes-base.stopAndError',
	typeVersion: 1,
	parameters: { errorMessage: 'as intended' },
};

const slow: WorkflowNode = {
	name: 'Wait',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 1, unit: 'seconds' },
};

const MIDWAY_MS = 5 * 60_000;

/** Once so many attempts have been answered: in the middle of the storm, whatever the machine's speed. */
async function midway({ simulator }: World, count: number): Promise<void> {
	const answered = () => simulator.deliveries.filter(({ status }) => status === 200).length;
	const enough = answered() + count;
	const giveUpAt = Date.now() + MIDWAY_MS;
	while (answered() < enough) {
		if (Date.now() > giveUpAt) throw new Error(`n8n did not answer ${count} notices.`);
		await sleep(50);
	}
}

async function killed(world: World): Promise<void> {
	await midway(world, 20);
	await world.n8n.kill();
	await world.n8n.restart();
}

/** Three times for seven seconds, which is longer than n8n waits for its database. */
async function locked({ n8n }: World): Promise<void> {
	for (let time = 0; time < 3; time++) {
		await sleep(2_000);
		const unlock = await lockDatabase(n8n.userFolder);
		await sleep(7_000);
		await unlock();
	}
}

const LEGACY = { N8N_EXPRESSION_ENGINE: 'legacy' };
const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };
const LIMITED = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '2' };
const IMMEDIATELY = { options: { respond: 'immediately' } };

const thousand = { send: atOnce(1_000), long: true } as const;
/** An n8n of its own, and the vendor's own minute between repeats. */
const alone = (env: Record<string, string>, storm: Storm): Setting => ({
	env,
	speed: 1,
	storms: [storm],
});

export const SETTINGS: readonly Setting[] = [
	{
		env: {},
		speed: 4,
		storms: [
			{
				name: '100 notices of 500 calls at once',
				listen: ours(),
				send: atOnce(100, 500),
				holds: 'once',
			},
			{
				name: 'the flow behind the trigger fails',
				listen: ours([failing]),
				send: atOnce(50),
				holds: 'once',
			},
			{
				name: 'six minutes of an hour’s traffic, fivefold',
				listen: bothEvents,
				send: anHour(0.1),
				holds: 'once',
			},
			{
				name: 'an hour’s traffic, fivefold',
				listen: bothEvents,
				send: anHour(1),
				holds: 'once',
				long: true,
			},
		],
	},
	{
		env: {},
		// Five repeats last 200 seconds: longer than n8n is given to start.
		speed: 1.5,
		storms: [
			{
				name: 'n8n is killed midway (SIGKILL) and started again',
				listen: ours(),
				send: atOnce(100),
				meanwhile: killed,
				holds: 'atLeastOnce',
			},
		],
	},
	{
		env: LIMITED,
		speed: 4,
		storms: [
			{
				name: 'limit of 2, a flow of a second, answered when stored',
				listen: ours([slow]),
				send: atOnce(30),
				holds: 'once',
			},
			{
				name: 'limit of 2, a flow of a second, answered immediately',
				listen: ours([slow], IMMEDIATELY),
				send: atOnce(30),
				holds: 'once',
			},
		],
	},
	{
		env: LEGACY,
		speed: 4,
		storms: [
			{
				name: '1,000 at once, N8N_EXPRESSION_ENGINE=legacy',
				listen: ours(),
				send: atOnce(1_000),
				holds: 'once',
			},
		],
	},
	alone(
		{},
		{
			name: 'SQLite locked three times for seven seconds',
			listen: ours(),
			send: inTurn(100, 280),
			meanwhile: locked,
			holds: 'once',
		},
	),
	alone({}, { name: '1,000 at once, as n8n comes', listen: ours(), holds: 'any', ...thousand }),
	alone(
		{},
		{
			name: '1,000 at once, as n8n comes: empty community trigger',
			listen: empty,
			holds: 'any',
			...thousand,
		},
	),
	alone(
		{},
		{
			name: '1,000 at once, as n8n comes, answered immediately',
			listen: ours([], IMMEDIATELY),
			holds: 'once',
			...thousand,
		},
	),
	alone(LAZY, {
		name: '1,000 at once, N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true',
		listen: ours(),
		send: atOnce(1_000),
		holds: 'once',
	}),
	alone(LEGACY, {
		name: '1,000 at once, N8N_EXPRESSION_ENGINE=legacy: empty community trigger',
		listen: empty,
		holds: 'any',
		...thousand,
	}),
];
