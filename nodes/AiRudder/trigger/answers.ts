import {
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import type { WebhookEvent } from './events/event';
import { parseJson } from '../records/json';
import type { TriggerSettings } from './settings';

/** Why a notice is turned away: the answer to its sender, and the line in n8n's log. */
export interface Refusal {
	status: 400 | 401 | 403 | 503;
	/** For the sender: short, and without a hint to somebody who forges notices. */
	message: string;
	/** For whoever runs n8n; without personal data. */
	log: string;
}

/** What of Express's response is used; n8n does not type it. */
export interface WebhookResponse {
	statusCode: number;
	readonly writableEnded: boolean;
	/** The connection is gone. */
	readonly closed: boolean;
	status(code: number): WebhookResponse;
	json(body: unknown): unknown;
	once(event: 'finish' | 'close', listener: () => void): unknown;
}

export const PREFIX = 'AI Rudder Trigger';

export const UNREADABLE: Refusal = {
	status: 400,
	message: 'The notice could not be read',
	log: 'refused a notice that could not be read: it broke off, or is larger or deeper than any that AI Rudder sends',
};

/** For a copy that arrives while n8n is still storing the first: only later it can be told. */
export const TRY_AGAIN: Refusal = {
	status: 503,
	message: 'A copy of this notice is being stored: send it again later',
	log: 'put off a repeat of a notice that n8n is still storing',
};

/** Answers by itself and starts no execution. */
export function refuse(
	context: IWebhookFunctions,
	{ status, message, log }: Refusal,
): IWebhookResponseData {
	context.logger.warn(`${PREFIX} ${log}`);
	const response: WebhookResponse = context.getResponseObject();
	response.status(status).json({ message });
	return { noWebhookResponse: true };
}

/** 200, no execution: the user does not want this event. */
export function leaveOut(context: IWebhookFunctions, event: WebhookEvent): IWebhookResponseData {
	context.logger.info(
		`${PREFIX} left out a notice: '${event.option.name}' is not selected under 'Trigger On'`,
	);
	return { webhookResponse: {} };
}

/** 200, no execution: n8n has these entries already. */
export function acknowledgeRepeat(
	context: IWebhookFunctions,
	event: WebhookEvent,
): IWebhookResponseData {
	context.logger.debug(`${PREFIX} left out a repeat of the event '${event.option.value}'`);
	return { webhookResponse: responseBody(context, event) };
}

/** 200, no execution: other executions have waited for all of it. */
export const acknowledgeAwaited = (): IWebhookResponseData => ({ webhookResponse: {} });

/** 200, an execution: answered by n8n once it is stored, or by us at once. */
export function handOn(
	context: IWebhookFunctions,
	items: INodeExecutionData[],
	event: WebhookEvent,
	settings: TriggerSettings,
): IWebhookResponseData {
	const body = responseBody(context, event);
	if (!settings.respondAtOnce) return { webhookResponse: body, workflowData: [items] };
	const response: WebhookResponse = context.getResponseObject();
	response.status(200).json(body);
	return { noWebhookResponse: true, workflowData: [items] };
}

/** What AI Rudder reads: `{}`, or for a custom API node what the user wants it to get. */
function responseBody(context: IWebhookFunctions, { option }: WebhookEvent): unknown {
	if (option.value !== 'apiNodePush') return {};
	const written: unknown = context.getNodeParameter('options.responseBody', '');
	if (written === undefined || written === null || written === '') return {};
	if (typeof written !== 'string') return written;
	const parsed = parseJson(written);
	if (parsed !== undefined) return parsed;
	context.logger.warn(`${PREFIX} answered {} because 'Response Body' is not JSON`);
	return {};
}
