import { read, text, type Payload } from './read';

/** Our name → the vendor's spellings; beyond `workflow_id` and `workflow_name` they are assumed. */
const FIELDS = {
	workflowId: ['workflow_id', 'id'],
	workflowName: ['workflow_name', 'name'],
	templateId: ['workflow_template_id', 'template_id'],
	templateName: ['workflow_template_name', 'template_name'],
	status: ['status', 'Status', 'state'],
	createdAtLocal: ['create_time', 'created_at', 'CreateTime', 'start_time'],
	endTimeLocal: ['end_time', 'EndTime'],
} as const;

const KNOWN = new Set<string>(Object.values(FIELDS).flat());

/** A workflow task; what has no place of its own stands in `otherFields` under the vendor's names. */
export function workflowTaskRecord(row: Payload): Payload {
	const known = Object.entries(FIELDS).map(([name, spellings]) => [
		name,
		text(read(row, spellings)),
	]);
	const others = Object.entries(row).filter(([key]) => !KNOWN.has(key));
	return { ...Object.fromEntries(known), otherFields: Object.fromEntries(others) };
}
