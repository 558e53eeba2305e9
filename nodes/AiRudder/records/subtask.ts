import { AS_TEXT, type FieldTable } from './fields';
import type { Payload } from './read';
import { rowRecord } from './record';

/** Spelled as in the notices of a workflow task's state; that this list spells them so is assumed. */
const FIELDS: FieldTable = {
	nodeTaskId: { from: ['nodetask_id', 'id'], as: AS_TEXT },
	nodeTaskName: { from: ['nodetask_name', 'name'], as: AS_TEXT },
	nodeType: { from: ['node_type', 'type'], as: AS_TEXT },
	taskId: { from: ['task_id', 'TaskID', 'waba_task_id'], as: AS_TEXT },
	status: { from: ['task_status', 'status', 'Status'], as: AS_TEXT },
	workflowId: { from: ['workflow_id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name'], as: AS_TEXT },
};

/** One step of a workflow task. */
export const subtaskRecord = (row: Payload, head: Payload): Payload => rowRecord(row, head, FIELDS);
