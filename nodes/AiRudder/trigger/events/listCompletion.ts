import { finishedContactRecord } from '../../records/finishedContact';
import { text as readText } from '../../records/read';
import type { WebhookEvent } from './event';
import { needed, rows, text } from './fields';

/** A contact has finished its way through the workflow (documented). */
export const listCompletion: WebhookEvent = {
	option: {
		name: 'List Completion',
		value: 'listCompletion',
		action: 'On list completion',
		description: 'A contact has finished its way through the workflow',
	},
	provenance: 'documented',
	recognises: (payload) =>
		Object.hasOwn(payload, 'rows') && readText(payload.callee_number) !== null,
	schema: {
		workflow_id: needed(text),
		workflow_name: text,
		case_id: text,
		callee_number: needed(text),
		rows: rows({
			nodetask_id: text,
			nodetask_name: text,
			node_type: text,
			task_id: text,
		}),
	},
	signature: 'none',
	identity: (payload) => {
		const { workflow_id: workflowId, case_id: caseId, callee_number: phoneNumber } = payload;
		const way = payload.rows;
		// Without either, contacts or their ways could be taken for one another.
		const named = readText(caseId) !== null && Array.isArray(way) && way.length > 0;
		return ['listCompletion', ...(named ? [workflowId, caseId, phoneNumber, way] : [payload])];
	},
	toRecord: finishedContactRecord,
};
