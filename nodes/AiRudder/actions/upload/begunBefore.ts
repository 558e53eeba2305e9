import type { IExecuteFunctions } from 'n8n-workflow';
import { keptByNode, placeOfRun, type UploadMemory } from './memory';

/** How many uploads of a node n8n keeps in mind. */
const REMEMBERED = 1_000;

const BEGUN_BEFORE =
	"n8n has begun this upload before, in a process that ended in the middle of it, and nobody knows how far it came. Look with 'Workflow Task: Find' who is there.";

const RETRIED_BEFORE =
	"The failed execution was retried before, and that may have sent it. Retry the newest of its executions instead, or look with 'Workflow Task: Find' who is there.";

/**
 * Why somebody else may have sent what is about to be sent; asked, and noted in n8n's database, when an
 * execution begins. In queue mode n8n 1.x gives the execution of a dead worker to another, which runs
 * it from its beginning; and Retry under Executions gives each retry what the failed execution knew.
 * Where the database cannot be asked there is no reason: what n8n does by itself is rarer than that.
 */
export async function begunBefore(
	context: IExecuteFunctions,
	memory: UploadMemory,
): Promise<string | undefined> {
	const doubt = await retriedBefore(context);
	if (doubt !== undefined || memory.begun) return doubt;
	memory.begun = true;
	const again = await isNoted(context, context.getExecutionId(), memory.place);
	return again ? BEGUN_BEFORE : undefined;
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
	if (await isNoted(context, earlier?.executionId, `${place} retried`)) {
		begun.doubt = RETRIED_BEFORE;
	}
	return begun.doubt;
}

/** Whether n8n's database knows already what an execution begins; from now on it does. */
async function isNoted(
	context: IExecuteFunctions,
	executionId: string | undefined,
	what: string,
): Promise<boolean> {
	// Without an ID every execution would look like the first one.
	if (!executionId) return false;
	try {
		const { processed } = await context.helpers.checkProcessedAndRecord(
			[`${executionId} ${what}`],
			'node',
			{ mode: 'entries', maxEntries: REMEMBERED },
		);
		return processed.length > 0;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(`AI Rudder: n8n could not note that an upload begins: ${reason}`);
		return false;
	}
}
