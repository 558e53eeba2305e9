import { AS_TEXT, readFields, type FieldTable } from './fields';
import type { Payload } from './read';

const FIELDS: FieldTable = {
	nodeTaskId: { from: ['nodetask_id'], as: AS_TEXT },
	nodeTaskName: { from: ['nodetask_name'], as: AS_TEXT },
	nodeType: { from: ['node_type'], as: AS_TEXT },
	taskId: { from: ['task_id'], as: AS_TEXT },
	status: { from: ['task_status'], as: AS_TEXT },
};

/** One node of a workflow task, as the notices of contacts and of workflow tasks list it. */
export function nodeTaskRecord(row: Payload): Payload {
	const { fields, others } = readFields(row, FIELDS);
	return { ...fields, ...(Object.keys(others).length > 0 && { otherFields: others }) };
}
