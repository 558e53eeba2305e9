import { AS_TEXT, asList, recordOf, type FieldTable } from './fields';
import { nodeTaskRecord } from './nodeTask';
import type { Payload } from './read';

const FIELDS: FieldTable = {
	workflowId: { from: ['workflow_id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name'], as: AS_TEXT },
	caseId: { from: ['case_id'], as: AS_TEXT },
	phoneNumber: { from: ['callee_number'], as: AS_TEXT },
	nodeTasks: { from: ['rows'], as: asList(nodeTaskRecord) },
};

/** A contact that has finished its way through the workflow (documented). */
export const finishedContactRecord = (payload: Payload): Payload => recordOf(payload, FIELDS);
