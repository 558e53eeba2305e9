/** Sends many notices as the vendor does and counts what n8n has stored of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { z } from 'zod';
import { until } from '../../../scripts/real-n8n/client.cts';
import { RUNNING, type ExecutionSummary } from '../../../scripts/real-n8n/execution.cts';
import { parseFlatted } from '../../../scripts/real-n8n/flatted.cts';
import { Session } from '../../../scripts/real-n8n/session.cts';
import type { Delivery } from '../../../simulator/index.cts';
import { OWNER, type World } from './world.cts';

const SETTLED_MS = 240_000;
const POLL_MS = 500;
const QUIET_MS = 3_000;
const AT_A_TIME = 8;

/** What became of the notices of one scenario. */
export interface Tally {
	/** Notices, and calls in all of them. */
	sent: number;
	calls: number;
	/** Attempts that were answered with 200; a notice may have several. */
	answered: number;
	/** Attempts that n8n answered with an error, and those that it did not answer within ten seconds. */
	refused: number;
	unanswered: number;
	/** Attempts after the first. */
	repeated: number;
	/** Calls that are in at least one stored execution. */
	stored: number;
	lost: number;
	/** Calls that are in more than one item. */
	doubled: number;
	seconds: number;
}

const items = z.array(z.array(z.object({ json: z.record(z.unknown()) })).nullish());
const nodeData = z.object({ main: items });

/** Also of an execution that never ran: then the trigger's items wait on its stack. */
const stored = z.object({
	resultData: z.object({ runData: z.record(z.array(z.object({ data: nodeData.optional() }))) }),
	executionData: z.object({ nodeExecutionStack: z.array(z.object({ data: nodeData })) }).optional(),
});

const answer = z.object({ data: z.string() });

async function logIn({ n8n }: World): Promise<Session> {
	const session = new Session(n8n.url);
	await session.send('POST', '/login', z.unknown(), {
		emailOrLdapLoginId: OWNER.email,
		password: OWNER.password,
	});
	return session;
}

/** The IDs of the calls that the trigger has handed to one execution. */
async function callsOf(
	session: Session,
	{ id }: ExecutionSummary,
	trigger: string,
): Promise<string[]> {
	const { data } = await session.send('GET', `/executions/${id}`, answer);
	const { resultData, executionData } = stored.parse(parseFlatted(data));
	const ran = (resultData.runData[trigger] ?? []).flatMap((run) => run.data?.main ?? []);
	const waiting = (executionData?.nodeExecutionStack ?? []).flatMap(({ data: { main } }) => main);
	return (ran.length > 0 ? ran : waiting)
		.flatMap((output) => output ?? [])
		.map(({ json }) => String(json.callId));
}

/** All calls in all executions of a workflow, as often as they are there. */
async function storedCalls(world: World, workflowId: string, trigger: string): Promise<string[]> {
	const session = await logIn(world);
	const limit = pLimit(AT_A_TIME);
	const executions = await executionsOf(world, workflowId);
	const calls = executions.map((execution) => limit(() => callsOf(session, execution, trigger)));
	return (await Promise.all(calls)).flat();
}

/** A storm keeps n8n so busy that it may not answer us either. */
async function executionsOf({ client }: World, workflowId: string): Promise<ExecutionSummary[]> {
	return until(
		'the list of executions',
		() => client.executions(workflowId).catch(() => undefined),
		SETTLED_MS,
	);
}

/** Until all executions have ended and no further one has come for a while: some are stored after the answer. */
async function allEnded(world: World, workflowId: string): Promise<void> {
	const giveUpAt = Date.now() + SETTLED_MS;
	let count = -1;
	let quietSince = Date.now();
	while (Date.now() - quietSince < QUIET_MS) {
		if (Date.now() > giveUpAt) throw new Error('Executions still run long after the last notice.');
		const executions = await executionsOf(world, workflowId);
		const running = executions.some(({ status }) => RUNNING.includes(status));
		if (running || executions.length !== count) quietSince = Date.now();
		count = executions.length;
		await sleep(POLL_MS);
	}
}

const callIds = ({ body }: Delivery): string[] =>
	z
		.array(z.object({ CallID: z.string() }))
		.parse(body.Details)
		.map(({ CallID }) => CallID);

export interface Storm {
	workflowId: string;
	trigger: string;
	url: string;
	notices: number;
	calls: number;
	/** Happens while the notices are under way. */
	meanwhile?(): Promise<void>;
}

/** Sends the notices at once, lets the vendor repeat to the end, and counts. */
export async function storm(world: World, setting: Storm): Promise<Tally> {
	const { simulator } = world;
	const { workflowId, trigger, url, notices, calls, meanwhile } = setting;
	const startedAt = Date.now();
	const from = simulator.deliveries.length;
	const firsts = Promise.all(
		Array.from({ length: notices }, () => simulator.fire('callCompletion', {}, url, { calls })),
	);
	await meanwhile?.();
	const sent = (await firsts).flat();
	await simulator.settled(SETTLED_MS);
	await allEnded(world, workflowId);
	const seconds = (Date.now() - startedAt) / 1000;

	const attempts = simulator.deliveries.slice(from);
	const copies = new Map(sent.flatMap(callIds).map((id) => [id, 0]));
	for (const id of await storedCalls(world, workflowId, trigger)) {
		// An execution that n8n could not even begin holds no call.
		const count = copies.get(id);
		if (count !== undefined) copies.set(id, count + 1);
	}
	const counts = [...copies.values()];
	return {
		sent: sent.length,
		calls: copies.size,
		answered: attempts.filter(({ status }) => status === 200).length,
		refused: attempts.filter(({ status }) => status !== undefined && status !== 200).length,
		unanswered: attempts.filter(({ status }) => status === undefined).length,
		repeated: attempts.filter(({ attempt }) => attempt > 1).length,
		stored: counts.filter((count) => count > 0).length,
		lost: counts.filter((count) => count === 0).length,
		doubled: counts.filter((count) => count > 1).length,
		seconds: Math.round(seconds),
	};
}
