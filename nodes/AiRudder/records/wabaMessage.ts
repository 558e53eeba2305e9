import { AS_EPOCH_SECONDS, AS_OBJECT, AS_TEXT, type FieldTable } from './fields';
import { object, text, type Payload } from './read';
import { textOf } from './message';
import { rowRecord } from './record';

/** Spelled as the messages in the chatbot's notice; that this list spells them so is assumed. */
const FIELDS: FieldTable = {
	workflowId: { from: ['workflow_id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name'], as: AS_TEXT },
	taskId: { from: ['waba_task_id'], as: AS_TEXT },
	messageId: { from: ['msg_id', 'message_id'], as: AS_TEXT },
	phoneNumber: { from: ['callee', 'callee_number'], as: AS_TEXT },
	caseId: { from: ['case_id'], as: AS_TEXT },
	occurredAt: { from: ['timestamp'], as: AS_EPOCH_SECONDS },
	sender: { from: ['sender_type'], as: AS_TEXT },
	status: { from: ['status'], as: AS_TEXT },
	content: { from: ['content'], as: AS_OBJECT },
};

/** One WhatsApp message; `text` is what a person reads: their words, or the body of the template. */
export function wabaMessageRecord(row: Payload, head: Payload): Payload {
	const { content: given, otherFields, ...fields } = rowRecord(row, head, FIELDS);
	const content = object(given);
	return {
		...fields,
		type: text(content.type),
		text: textOf(content),
		content,
		otherFields,
	};
}
