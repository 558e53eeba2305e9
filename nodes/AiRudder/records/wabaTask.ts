import { AS_TEXT, type FieldTable } from './fields';
import type { Payload } from './read';
import { CREATED_AT, rowRecord } from './record';

/** Spelled as in the chatbot's notice; that this list spells them so is assumed. */
const FIELDS: FieldTable = {
	taskId: { from: ['waba_task_id', 'task_id', 'id'], as: AS_TEXT },
	taskName: { from: ['waba_task_name', 'task_name', 'name'], as: AS_TEXT },
	status: { from: ['status', 'Status', 'task_status'], as: AS_TEXT },
	workflowId: { from: ['workflow_id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name'], as: AS_TEXT },
	nodeTaskId: { from: ['nodetask_id'], as: AS_TEXT },
	nodeTaskName: { from: ['nodetask_name'], as: AS_TEXT },
	...CREATED_AT,
};

/** The WhatsApp task of one node. */
export const wabaTaskRecord = (row: Payload, head: Payload): Payload =>
	rowRecord(row, head, FIELDS);
