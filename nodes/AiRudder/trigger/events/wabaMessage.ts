import { messageStatusRecord } from '../../records/message';
import type { WebhookEvent } from './event';
import { needed, text } from './fields';
import { headFields } from './whatsApp';

/** A WhatsApp message has another status (assumed: it shares the head of the session's notice). */
export const wabaMessage: WebhookEvent = {
	option: {
		name: 'WABA Message Status Changed',
		value: 'wabaMessage',
		action: 'On WABA message status changed',
		description: 'A WhatsApp message has another status',
	},
	provenance: 'assumed',
	recognises: (payload) =>
		Object.hasOwn(payload, 'waba_task_id') &&
		!Object.keys(payload).some((key) => key === 'messages' || key.startsWith('session_')),
	schema: { waba_task_id: needed(text), ...headFields },
	signature: 'header',
	identity: (payload) => ['wabaMessage', payload],
	toRecord: messageStatusRecord,
};
