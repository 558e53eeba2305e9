import type { IWebhookFunctions } from 'n8n-workflow';
import { isListed, maskAddress } from './addresses';
import type { Refusal } from './answers';
import type { WebhookEvent } from './events/event';
import type { Notice, WebhookRequest } from './notice';
import type { TriggerSettings } from './settings';
import { isSignedForUs } from './signingKey';

/** What the sender can be told by: its address, and for call notices their signature. */
export async function checkSender(
	context: IWebhookFunctions,
	notice: Notice,
	event: WebhookEvent,
	settings: TriggerSettings,
): Promise<Refusal | undefined> {
	const request: WebhookRequest = context.getRequestObject();
	return (
		checkAddress(request, settings) ?? (await checkSignature(context, notice, event, settings))
	);
}

function checkAddress({ ip = '' }: WebhookRequest, { allowList }: TriggerSettings) {
	if (allowList.trim() === '' || isListed(ip, allowList)) return undefined;
	return {
		status: 403,
		message: 'This address may not send notices',
		log: `refused a notice: its sender ${maskAddress(ip)} is not in the 'IP Allowlist'. Behind a proxy, N8N_PROXY_HOPS has to be set for n8n to see the sender.`,
	} satisfies Refusal;
}

async function checkSignature(
	context: IWebhookFunctions,
	{ payload }: Notice,
	{ signature }: WebhookEvent,
	settings: TriggerSettings,
): Promise<Refusal | undefined> {
	if (signature !== 'body' || !settings.checkSignature) return undefined;
	if (await isSignedForUs(context, payload, settings)) return undefined;
	const fault =
		payload.Sign === undefined
			? 'is missing'
			: "does not fit the 'Webhook Signing Key' of the credential";
	return {
		status: 401,
		message: 'The signature is missing or wrong',
		log: `refused a call notice: its Sign ${fault}`,
	};
}
