import { workflowStatusRecord } from '../../records/workflowStatus';
import { read } from '../../records/read';
import type { WebhookEvent } from './event';
import { needed, rows, text } from './fields';

/** A workflow task has another state (documented; the values are not). */
export const workflowStatus: WebhookEvent = {
	option: {
		name: 'Workflow Status Changed',
		value: 'workflowStatus',
		action: 'On workflow status changed',
		description: 'A workflow task or one of its nodes has another status',
	},
	provenance: 'documented',
	recognises: (payload) =>
		Object.hasOwn(payload, 'status') &&
		Object.hasOwn(payload, 'actions') &&
		read(payload, ['callee', 'callee_number']) === null,
	schema: {
		workflow_id: needed(text),
		workflow_name: text,
		status: needed(text),
		actions: rows({
			nodetask_id: text,
			nodetask_name: text,
			node_type: text,
			task_id: text,
			task_status: text,
		}),
	},
	signature: 'none',
	identity: (payload) => ['workflowStatus', payload],
	subject: ({ workflow_id: workflowId }) => ['workflowStatus', workflowId],
	toRecord: workflowStatusRecord,
};
