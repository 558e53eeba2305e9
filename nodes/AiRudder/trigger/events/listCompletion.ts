import { finishedContactRecord } from '../../records/finishedContact';
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
	selectedBy: ['listCompletion'],
	recognises: (payload) =>
		Array.isArray(payload.rows) &&
		Object.hasOwn(payload, 'case_id') &&
		typeof payload.callee_number === 'string',
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
	identity: (payload) => [
		'listCompletion',
		payload.workflow_id,
		payload.case_id,
		payload.callee_number,
		payload.rows,
	],
	toRecord: finishedContactRecord,
};
