/** Sends notices as the vendor does and counts what n8n has stored of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { z } from 'zod';
import { until } from '../../scripts/real-n8n/client.cts';
import { RUNNING, type ExecutionSummary } from '../../scripts/real-n8n/execution.cts';
import { parseFlatted } from '../../scripts/real-n8n/flatted.cts';
import { Session } from '../../scripts/real-n8n/session.cts';
import type { Delivery } from '../../simulator/index.cts';
import { OWNER, type World } from '../e2e/support/world.cts';

/** Six attempts of ten seconds, a minute apart, and what n8n still has to do afterwards. */
const SETTLED_MS = 15 * 60_000;
const POLL_MS = 500;
const QUIET_MS = 3_000;
const STUCK_MS = 20_000;
const AT_A_TIME = 8;

/** What became of the notices of one storm. An outcome is one call, or one finished contact. */
export interface Tally {
	notices: number;
	outcomes: number;
	/** Attempts that were answered with 200; a notice may have several. */
	answered: number;
	/** Attempts that n8n answered with an error, and those that it did not answer within ten seconds. */
	refused: number;
	unanswered: number;
	/** Attempts after the first of a notice. */
	repeated: number;
	/** Outcomes that are in at least one stored execution. */
	stored: number;
	lost: number;
	/** Outcomes that are in more than one item of executions that ran. */
	doubled: number;
	/** Outcomes in executions that n8n stored and never began: to be run again by hand. */
	notRun: number;
	seconds: number;
}

/** A workflow that listens. */
export interface Listening {
	workflowId: string;
	/** The name of its first node. */
	trigger: string;
	url: string;
}

/** Sends notices and resolves with the first attempt of each, copies included. */
export type Send = (world: World, url: string) => Promise<Delivery[]>;

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

const calls = z.object({ Details: z.array(z.object({ CallID: z.string() })) });
const contact = z.object({ workflow_id: z.string() });

/** The outcomes of a notice as the vendor writes it. */
export function outcomesOf(body: unknown): string[] {
	const aggregated = calls.safeParse(body);
	if (aggregated.success) return aggregated.data.Details.map(({ CallID }) => CallID);
	const finished = contact.safeParse(body);
	// The simulator makes a workflow of its own for every notice.
	return finished.success ? [finished.data.workflow_id] : [];
}

/** The outcomes of an item: of our trigger, or of one that hands on what arrives. */
function outcomesIn({ json }: { json: Record<string, unknown> }): string[] {
	if (json.event === undefined) return outcomesOf(json);
	return [String(json.event === 'listCompletion' ? json.workflowId : json.callId)];
}

/** Outcomes in executions that ran, and in those that n8n stored and never began. */
export interface Found {
	ran: string[];
	waiting: string[];
}

/** What the trigger has handed to one execution. */
async function foundIn(
	session: Session,
	{ id }: ExecutionSummary,
	trigger: string,
): Promise<Found> {
	const { data } = await session.send('GET', `/executions/${id}`, answer);
	const { resultData, executionData } = stored.parse(parseFlatted(data));
	const outcomes = (outputs: Array<z.infer<typeof nodeData>['main']>): string[] =>
		outputs.flatMap((main) => main.flatMap((output) => output ?? []).flatMap(outcomesIn));
	const runs = resultData.runData[trigger] ?? [];
	const ran = outcomes(runs.map((run) => run.data?.main ?? []));
	const stack = executionData?.nodeExecutionStack ?? [];
	return { ran, waiting: ran.length > 0 ? [] : outcomes(stack.map(({ data: { main } }) => main)) };
}

/** All outcomes in all executions of a workflow, as often as they are there. */
export async function allStored(world: World, { workflowId, trigger }: Listening): Promise<Found> {
	const session = await logIn(world);
	const limit = pLimit(AT_A_TIME);
	const executions = await executionsOf(world, workflowId);
	const found = await Promise.all(
		executions.map((execution) => limit(() => foundIn(session, execution, trigger))),
	);
	return {
		ran: found.flatMap(({ ran }) => ran),
		waiting: found.flatMap(({ waiting }) => waiting),
	};
}

/** A storm keeps n8n so busy that it may not answer us either. */
async function executionsOf({ client }: World, workflowId: string): Promise<ExecutionSummary[]> {
	return until(
		'the list of executions',
		() => client.executions(workflowId).catch(() => undefined),
		SETTLED_MS,
	);
}

/**
 * Until all executions have ended and no further one has come for a while: some are stored after the
 * answer. Those that n8n could not begin because its database was locked stay "running" for ever.
 */
export async function allEnded(world: World, workflowId: string): Promise<void> {
	const giveUpAt = Date.now() + SETTLED_MS;
	let last = '';
	let quietSince = Date.now();
	for (;;) {
		if (Date.now() > giveUpAt) throw new Error('Executions still run long after the last notice.');
		const executions = await executionsOf(world, workflowId);
		const running = executions.some(({ status }) => RUNNING.includes(status));
		const now = executions.map(({ id, status }) => `${id} ${status}`).join();
		if (now !== last) quietSince = Date.now();
		last = now;
		if (Date.now() - quietSince > (running ? STUCK_MS : QUIET_MS)) return;
		await sleep(POLL_MS);
	}
}

/** What became of the outcomes that were sent. */
export function tallyOf(sent: readonly string[], { ran, waiting }: Found) {
	const outcomes = new Set(sent);
	const counts = new Map<string, number>();
	for (const id of ran) counts.set(id, (counts.get(id) ?? 0) + 1);
	const never = new Set(waiting);
	const all = [...outcomes];
	const stored = all.filter((id) => counts.has(id) || never.has(id)).length;
	return {
		outcomes: outcomes.size,
		stored,
		lost: outcomes.size - stored,
		doubled: all.filter((id) => (counts.get(id) ?? 0) > 1).length,
		notRun: all.filter((id) => !counts.has(id) && never.has(id)).length,
	};
}

/** Sends the notices, lets the vendor repeat to the end, and counts. */
export async function storm(
	world: World,
	listening: Listening,
	send: Send,
	meanwhile?: (world: World) => Promise<void>,
): Promise<Tally> {
	const { simulator } = world;
	const startedAt = Date.now();
	const from = simulator.deliveries.length;
	const firsts = send(world, listening.url);
	await meanwhile?.(world);
	const sent = await firsts;
	await simulator.settled(SETTLED_MS);
	await allEnded(world, listening.workflowId);
	const seconds = Math.round((Date.now() - startedAt) / 1000);

	const attempts = simulator.deliveries.slice(from);
	const notices = [...new Set(sent.map(({ body }) => body))];
	const outcomes = notices.flatMap(outcomesOf);
	return {
		notices: notices.length,
		...tallyOf(outcomes, await allStored(world, listening)),
		answered: attempts.filter(({ status }) => status === 200).length,
		refused: attempts.filter(({ status }) => status !== undefined && status !== 200).length,
		unanswered: attempts.filter(({ status }) => status === undefined).length,
		repeated: attempts.length - notices.length,
		seconds,
	};
}
