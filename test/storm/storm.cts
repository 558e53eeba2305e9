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
	/** Outcomes that are in more than one item. */
	doubled: number;
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
function outcomesIn({ event, callId, workflowId, ...untouched }: Record<string, unknown>) {
	if (event === undefined) return outcomesOf(untouched);
	return [String(event === 'listCompletion' ? workflowId : callId)];
}

/** What the trigger has handed to one execution. */
async function storedIn(
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
		.flatMap(({ json }) => outcomesIn(json));
}

/** All outcomes in all executions of a workflow, as often as they are there. */
export async function allStored(
	world: World,
	{ workflowId, trigger }: Listening,
): Promise<string[]> {
	const session = await logIn(world);
	const limit = pLimit(AT_A_TIME);
	const executions = await executionsOf(world, workflowId);
	const each = executions.map((execution) => limit(() => storedIn(session, execution, trigger)));
	return (await Promise.all(each)).flat();
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
export async function allEnded(world: World, workflowId: string): Promise<void> {
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

/** How often each of the outcomes that were sent is stored. */
export function tallyOf(sent: readonly string[], found: readonly string[]) {
	const copies = new Map(sent.map((id) => [id, 0]));
	for (const id of found) {
		const count = copies.get(id);
		if (count !== undefined) copies.set(id, count + 1);
	}
	const counts = [...copies.values()];
	return {
		outcomes: copies.size,
		stored: counts.filter((count) => count > 0).length,
		lost: counts.filter((count) => count === 0).length,
		doubled: counts.filter((count) => count > 1).length,
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
