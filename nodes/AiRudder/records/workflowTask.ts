import { AS_TEXT, type FieldTable } from './fields';
import { isPayload, isWord, read, text, type Payload } from './read';
import { CREATED_AT, rowRecord, time } from './record';

const WORKFLOW_ID = ['workflow_id', 'WorkflowID', 'workflowId'];

/** Beyond `workflow_id` and `workflow_name` the spellings are assumed. */
const FIELDS: FieldTable = {
	workflowId: { from: [...WORKFLOW_ID, 'id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name', 'name'], as: AS_TEXT },
	templateId: { from: ['workflow_template_id', 'template_id'], as: AS_TEXT },
	templateName: { from: ['workflow_template_name', 'template_name'], as: AS_TEXT },
	status: { from: ['status', 'Status', 'state'], as: AS_TEXT },
	phoneNumber: { from: ['callee', 'callee_number', 'CalleeNumber'], as: AS_TEXT },
	caseId: { from: ['case_id', 'CaseID'], as: AS_TEXT },
	...CREATED_AT,
	...time('endTime', ['end_time', 'EndTime']),
};

/** A workflow task; number and case ID are those of the contact that it was found by. */
export const workflowTaskRecord = (row: Payload, head: Payload = {}): Payload =>
	rowRecord(row, head, FIELDS);

type ToTask = (value: unknown, inList: boolean) => Payload | null;

/** What names a task, from the certain to what may name something else as well. */
const TASKS: ToTask[] = [
	(value) => (isPayload(value) && text(read(value, WORKFLOW_ID)) !== null ? value : null),
	(value, inList) => (inList && isPayload(value) && text(value.id) !== null ? value : null),
	(value, inList) => (inList && isWord(value) ? { workflow_id: value } : null),
];

/** The tasks in an answer whose form is not known: rows, bare IDs, or one task by itself. */
export function workflowTasksIn(data: unknown): Payload[] {
	const found = TASKS.map((toTask) => search(data, toTask));
	return found.find(({ length }) => length > 0) ?? [];
}

function search(value: unknown, toTask: ToTask, inList = false): Payload[] {
	const task = toTask(value, inList);
	if (task !== null) return [task];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap((each) => search(each, toTask, Array.isArray(value)));
}
