import { chatSessionRecord } from '../../records/message';
import type { WebhookEvent } from './event';
import { needed, number, record, rows, text } from './fields';
import { headFields } from './whatsApp';

/** A chat between a contact and the bot is over (documented, with an example). */
export const chatbotSessionEnd: WebhookEvent = {
	option: {
		name: 'Chatbot Session Ended',
		value: 'chatbotSessionEnd',
		action: 'On chatbot session ended',
		description: 'A WhatsApp chat with the bot is over, with all its messages',
	},
	provenance: 'documented',
	recognises: (payload) =>
		Object.hasOwn(payload, 'waba_task_id') &&
		(Object.hasOwn(payload, 'session_end_time') || Array.isArray(payload.messages)),
	schema: {
		waba_task_id: needed(text),
		...headFields,
		call_id: text,
		robot_id: text,
		session_start_time: text,
		session_end_time: text,
		session_end_reason: text,
		intention: text,
		talk_round: number,
		ner_slots: record(),
		event_label: record(),
		variables: record(),
		messages: rows({
			msg_id: text,
			sender_type: text,
			timestamp: number,
			status: text,
			content: record(),
			reply: record(),
		}),
	},
	signature: 'header',
	identity: (payload) => {
		const { call_id: callId, session_end_time: endedAt } = payload;
		// Without either, sessions could be taken for one another.
		const named = Boolean(callId) && Boolean(endedAt);
		return ['chatbotSessionEnd', ...(named ? [callId, endedAt] : [payload])];
	},
	toRecord: chatSessionRecord,
};
