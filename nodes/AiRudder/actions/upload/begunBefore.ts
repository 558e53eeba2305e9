import type { IExecuteFunctions } from 'n8n-workflow';
import { sha256 } from '../../sha256';
import { isTool } from '../isTool';
import { executionStart } from './executionStart';
import { keptByNode, placeOfRun, timesBegun, type UploadMemory } from './memory';

/** How many notes of a node n8n keeps in mind: two an upload, one more for a retry. */
const REMEMBERED = 10_000;

const BEGUN_BEFORE =
	"n8n has begun this upload before, in a process that died in the middle of it, and it is not known how far it got. Check with 'Workflow Task: Find' who was uploaded.";

const RETRIED_BEFORE =
	"The failed execution was retried before, and that retry may have sent it. Retry the newest of its executions instead, or check with 'Workflow Task: Find' who was uploaded.";

const SENT_BEFORE =
	"Another execution has begun this upload: the one that is retried, another retry of it, or one that began in the same way. It is not known how far it got. If it was retried before, retry the newest of its executions. Otherwise check with 'Workflow Task: Find' who was uploaded, and run the workflow anew for the others.";

/**
 * Why somebody else may have sent what is about to be sent; asked, and noted in n8n's database, when an
 * upload begins. In queue mode n8n 1.x gives the execution of a dead worker to another, which runs it
 * from its beginning; and Retry under Executions gives each retry what the failed execution knew, which
 * is nothing where its process died. Where the database cannot be asked there is no reason: what n8n
 * does by itself is rarer than that.
 */
export async function begunBefore(
	context: IExecuteFunctions,
	memory: UploadMemory,
	key: string,
): Promise<string | undefined> {
	const doubt = await retriedBefore(context);
	if (doubt !== undefined || memory.begun) return doubt;
	const executionId = context.getExecutionId();
	// Without an ID every execution would look like the first one.
	if (!executionId) return undefined;
	const upload = `${executionId} ${memory.place}`;
	const begun = begunUpload(context, memory, key);
	memory.begun = true;
	const known = await noted(context, upload, begun);
	if (known.includes(upload)) return BEGUN_BEFORE;
	return context.getMode() === 'retry' && known.includes(begun) ? SENT_BEFORE : undefined;
}

/**
 * What names an upload in the execution and in a retry of it that knows nothing of the former: how the
 * execution began, where the contacts go, and how often that was begun before, as in a loop. Whom the
 * flow finds may be others by then; only an agent, which asks in any order, and an execution whose
 * start says nothing are told by them.
 */
function begunUpload(context: IExecuteFunctions, memory: UploadMemory, key: string): string {
	const kept = keptByNode(context);
	kept.start ??= executionStart(context);
	const byContacts = isTool(context) || kept.start === undefined;
	const times = timesBegun(context, key, byContacts ? memory.digest : undefined);
	return sha256([kept.start, key, times, byContacts && memory.digest]);
}

/** The execution that has begun the uploads of a run of the node, and why it must not go on with them. */
interface Begun {
	executionId: string;
	doubt?: string;
}

/** Of all uploads of the run together: a retry may send the same contacts to another task. */
async function retriedBefore(context: IExecuteFunctions): Promise<string | undefined> {
	const executionId = context.getExecutionId() ?? '';
	const kept = keptByNode(context);
	const place = placeOfRun(context);
	const earlier = kept[`begun:${place}`] as Begun | undefined;
	if (earlier?.executionId === executionId) return earlier.doubt;
	const begun: Begun = { executionId };
	kept[`begun:${place}`] = begun;
	if (!earlier?.executionId) return undefined;
	const [again] = await noted(context, `${earlier.executionId} ${place} retried`);
	if (again !== undefined) begun.doubt = RETRIED_BEFORE;
	return begun.doubt;
}

/** n8n reads and writes its notes of a node in two steps: of two askers at a time one's would be lost. */
let latest: Promise<unknown> = Promise.resolve();

/** What of it n8n's database knows already; from now on it knows all of it. */
async function noted(context: IExecuteFunctions, ...what: string[]): Promise<unknown[]> {
	const answer = latest.then(
		async () =>
			await context.helpers.checkProcessedAndRecord(what, 'node', {
				mode: 'entries',
				maxEntries: REMEMBERED,
			}),
	);
	latest = answer.catch(() => undefined);
	try {
		return (await answer).processed;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(`AI Rudder: n8n could not note that an upload begins: ${reason}`);
		return [];
	}
}
