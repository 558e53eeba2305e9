import {
	AS_EPOCH_SECONDS,
	AS_NUMBER,
	AS_OBJECT,
	AS_TEXT,
	AS_UTC_TIME,
	asList,
	readFields,
	recordOf,
	type FieldTable,
} from './fields';
import { object, text, type Payload } from './read';

/** What the notices of a message and of a session begin with. */
const HEAD: FieldTable = {
	workflowId: { from: ['workflow_id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name'], as: AS_TEXT },
	nodeTaskId: { from: ['nodetask_id'], as: AS_TEXT },
	nodeTaskName: { from: ['nodetask_name'], as: AS_TEXT },
	taskId: { from: ['waba_task_id'], as: AS_TEXT },
	callId: { from: ['call_id'], as: AS_TEXT },
	caseId: { from: ['case_id'], as: AS_TEXT },
	phoneNumber: { from: ['callee', 'callee_number'], as: AS_TEXT },
	workflowDetailId: { from: ['wfdetail_uuid'], as: AS_TEXT },
	occurredAt: { from: ['timestamp'], as: AS_EPOCH_SECONDS },
	channel: { from: ['channel'], as: AS_TEXT },
	channelId: { from: ['channel_id'], as: AS_TEXT },
	status: { from: ['status'], as: AS_TEXT },
};

/** Beyond the head the fields are assumed: whatever else comes stands in `otherFields`. */
const MESSAGE_STATUS: FieldTable = {
	...HEAD,
	messageId: { from: ['msg_id'], as: AS_TEXT },
};

/** A WhatsApp message whose status changed (assumed). */
export const messageStatusRecord = (payload: Payload): Payload => recordOf(payload, MESSAGE_STATUS);

const MESSAGE: FieldTable = {
	messageId: { from: ['msg_id'], as: AS_TEXT },
	at: { from: ['timestamp'], as: AS_EPOCH_SECONDS },
	/** system, chatbot, user */
	sender: { from: ['sender_type'], as: AS_TEXT },
	status: { from: ['status'], as: AS_TEXT },
	replyTo: { from: ['reply'], as: AS_OBJECT },
	/** The vendor's own: its shape hangs on the type of the message. */
	content: { from: ['content'], as: AS_OBJECT },
};

function messageRecord(row: Payload): Payload {
	const { fields, others } = readFields(row, MESSAGE);
	const content = object(fields.content);
	return {
		type: text(content.type),
		text: textOf(content),
		...fields,
		...(Object.keys(others).length > 0 && { otherFields: others }),
	};
}

/** What a person reads in the chat: their words, or the body of the template. */
export function textOf(content: Payload): string | null {
	return text(content.text) ?? text(object(object(content.template).content).body);
}

const SESSION: FieldTable = {
	...HEAD,
	robotId: { from: ['robot_id'], as: AS_TEXT },
	startedAt: { from: ['session_start_time'], as: AS_UTC_TIME },
	endedAt: { from: ['session_end_time'], as: AS_UTC_TIME },
	endReason: { from: ['session_end_reason'], as: AS_TEXT },
	intention: { from: ['intention'], as: AS_TEXT },
	talkRounds: { from: ['talk_round'], as: AS_NUMBER },
	slots: { from: ['ner_slots'], as: AS_OBJECT },
	labels: { from: ['event_label'], as: AS_OBJECT },
	variables: { from: ['variables'], as: AS_OBJECT },
	messages: { from: ['messages'], as: asList(messageRecord) },
};

/** A whole chat between a contact and the bot, once it is over (documented, with an example). */
export const chatSessionRecord = (payload: Payload): Payload => recordOf(payload, SESSION);
