import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isPayload, object, type Payload } from '../records/read';

/** What the trigger hands to a waiting execution. */
export interface Outcome {
	reference: string;
	/** In our shape. */
	call: Payload;
}

/** The trigger hands the outcome of a call to the execution that waits for it: it becomes the output. */
export async function resumeWithOutcome(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { reference, call } = object(this.getBodyData());
	const waiting: unknown = this.evaluateExpression('{{ $json }}');
	// One execution may wait several times: a late outcome is not that of the next call.
	if (!isPayload(call) || !carries(waiting, reference)) {
		return { webhookResponse: { resumed: false } };
	}
	// What was parsed from JSON is what n8n calls a data object.
	const json = { ...call, timedOut: false } as IDataObject;
	return {
		webhookResponse: { resumed: true },
		workflowData: [[{ json, pairedItem: { item: 0 } }]],
	};
}

/** The record of the waiting call holds the reference where AI Rudder gives it back. */
function carries(call: unknown, reference: unknown): boolean {
	if (typeof reference !== 'string' || !isPayload(call)) return false;
	const { caseId, variables } = call;
	return [caseId, ...(isPayload(variables) ? Object.values(variables) : [])].includes(reference);
}
