import type { IExecuteFunctions } from 'n8n-workflow';
import type { UploadMemory } from './memory';

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
	const executionId = context.getExecutionId() ?? '';
	const { begun = executionId, place } = memory;
	if (memory.begun === executionId) return undefined;
	memory.begun = executionId;
	// Without an ID every execution would look like the first one.
	if (begun === '') return undefined;
	const retried = begun !== executionId;
	const upload = `${begun} ${place}${retried ? ' retried' : ''}`;
	try {
		const { processed } = await context.helpers.checkProcessedAndRecord([upload], 'node', {
			mode: 'entries',
			maxEntries: REMEMBERED,
		});
		if (processed.length === 0) return undefined;
		return retried ? RETRIED_BEFORE : BEGUN_BEFORE;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(`AI Rudder: n8n could not note that an upload begins: ${reason}`);
		return undefined;
	}
}
