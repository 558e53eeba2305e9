import { AS_TEXT, asList, recordOf, type FieldTable } from './fields';
import { nodeTaskRecord } from './nodeTask';
import type { Payload } from './read';

const FIELDS: FieldTable = {
	workflowId: { from: ['workflow_id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name'], as: AS_TEXT },
	status: { from: ['status'], as: AS_TEXT },
	nodeTasks: { from: ['actions'], as: asList(nodeTaskRecord) },
};

/** The state of a workflow task and of its nodes (documented; the values are not). */
export const workflowStatusRecord = (payload: Payload): Payload => recordOf(payload, FIELDS);
