import type { IExecuteFunctions } from 'n8n-workflow';

/** How many uploads of a node n8n keeps in mind. */
const REMEMBERED = 1_000;

export const BEGUN_BEFORE =
	"n8n has begun this upload before, in a process that ended in the middle of it, and nobody knows how far it came. Look with 'Workflow Task: Find' who is there.";

/**
 * Whether another process of n8n has begun an upload already, from now on noted in n8n's database. In
 * queue mode n8n 1.x gives the execution of a dead worker to another, which runs it from its beginning.
 * Where the database cannot be asked the answer is no: what n8n does by itself is rarer than that.
 */
export async function begunBefore(context: IExecuteFunctions, place: string): Promise<boolean> {
	const executionId = context.getExecutionId();
	// Without an ID every execution would look like the first one.
	if (!executionId) return false;
	const upload = `${executionId} ${place}`;
	try {
		const { processed } = await context.helpers.checkProcessedAndRecord([upload], 'node', {
			mode: 'entries',
			maxEntries: REMEMBERED,
		});
		return processed.length > 0;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(`AI Rudder: n8n could not note that an upload begins: ${reason}`);
		return false;
	}
}
