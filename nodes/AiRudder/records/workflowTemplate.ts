import { AS_TEXT, type FieldTable } from './fields';
import type { Payload } from './read';
import { CREATED_AT, rowRecord } from './record';

/** The spellings are assumed; ID and name are called as in the request that creates a task. */
const FIELDS: FieldTable = {
	templateId: { from: ['workflow_template_id', 'template_id', 'id'], as: AS_TEXT },
	templateName: { from: ['workflow_template_name', 'template_name', 'name'], as: AS_TEXT },
	status: { from: ['status', 'Status', 'state'], as: AS_TEXT },
	...CREATED_AT,
};

/** A workflow template. */
export const workflowTemplateRecord = (row: Payload): Payload => rowRecord(row, {}, FIELDS);
