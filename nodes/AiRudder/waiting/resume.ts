import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { z } from 'zod';
import { lazy } from '../lazy';
import { isPayload, type Payload } from '../records/read';

/** What the trigger hands to a waiting execution. */
export interface Outcome {
	reference: string;
	/** In our shape. */
	call: Payload;
}

const outcomeSchema = lazy(
	(): z.ZodType<Outcome> =>
		z.object({ reference: z.string(), call: z.record(z.string(), z.unknown()) }),
);

/** The trigger hands the outcome of a call to the execution that waits for it: it becomes the output. */
export async function resumeWithOutcome(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const outcome = outcomeSchema().safeParse(this.getBodyData());
	const waiting: unknown = this.evaluateExpression('{{ $json }}');
	// One execution may wait several times: a late outcome is not that of the next call.
	if (!outcome.success || !carries(waiting, outcome.data.reference)) {
		return { webhookResponse: { resumed: false } };
	}
	// What was parsed from JSON is what n8n calls a data object.
	const json = { ...outcome.data.call, timedOut: false } as IDataObject;
	return {
		webhookResponse: { resumed: true },
		workflowData: [[{ json, pairedItem: { item: 0 } }]],
	};
}

/** The record of the waiting call holds the reference where AI Rudder gives it back. */
function carries(call: unknown, reference: string): boolean {
	if (!isPayload(call)) return false;
	const { caseId, variables } = call;
	return [caseId, ...(isPayload(variables) ? Object.values(variables) : [])].includes(reference);
}
