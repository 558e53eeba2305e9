import { AS_TEXT, type FieldTable } from './fields';
import { isPayload, text, type Payload } from './read';
import { rowRecord, time } from './record';

/** Beyond `workflow_id` and `workflow_name` the spellings are assumed. */
const FIELDS: FieldTable = {
	workflowId: { from: ['workflow_id', 'id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name', 'name'], as: AS_TEXT },
	templateId: { from: ['workflow_template_id', 'template_id'], as: AS_TEXT },
	templateName: { from: ['workflow_template_name', 'template_name'], as: AS_TEXT },
	status: { from: ['status', 'Status', 'state'], as: AS_TEXT },
	phoneNumber: { from: ['callee', 'callee_number', 'CalleeNumber'], as: AS_TEXT },
	caseId: { from: ['case_id', 'CaseID'], as: AS_TEXT },
	...time('createdAt', ['create_time', 'created_at', 'CreateTime']),
	...time('endTime', ['end_time', 'EndTime']),
};

/** A workflow task; number and case ID are those of the contact that it was found by. */
export const workflowTaskRecord = (row: Payload, head: Payload = {}): Payload =>
	rowRecord(row, head, FIELDS);

/** The tasks in an answer whose form is not known: rows, bare IDs, or one task by itself. */
export function workflowTasksIn(data: unknown): Payload[] {
	if (Array.isArray(data)) return data.flatMap(workflowTasksIn);
	if (!isPayload(data)) return text(data) === null ? [] : [{ workflow_id: data }];
	if (text(data.workflow_id) !== null) return [data];
	return Object.values(data).flatMap((value) =>
		typeof value === 'object' ? workflowTasksIn(value) : [],
	);
}
