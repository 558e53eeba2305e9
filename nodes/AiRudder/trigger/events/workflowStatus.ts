import { z } from 'zod';
import { workflowStatusRecord } from '../../records/workflowStatus';
import { lazy } from '../../lazy';
import type { WebhookEvent } from './event';
import { rows, text } from './fields';

/** A workflow task has another state (documented; the values are not). */
export const workflowStatus: WebhookEvent = {
	option: {
		name: 'Workflow Status Changed',
		value: 'workflowStatus',
		action: 'On workflow status changed',
		description: 'A workflow task or one of its nodes has another status',
	},
	selectedBy: ['workflowStatus'],
	recognises: (payload) =>
		Object.hasOwn(payload, 'status') &&
		Array.isArray(payload.actions) &&
		!Object.hasOwn(payload, 'callee') &&
		!Object.hasOwn(payload, 'callee_number'),
	schema: lazy(() =>
		z.object({
			workflow_id: z.string(),
			workflow_name: text(),
			status: z.string(),
			actions: rows({
				nodetask_id: text(),
				nodetask_name: text(),
				node_type: text(),
				task_id: text(),
				task_status: text(),
			}),
		}),
	),
	signature: 'none',
	identity: (payload) => ['workflowStatus', payload],
	subject: ({ workflow_id: workflowId }) => ['workflowStatus', workflowId],
	toRecord: workflowStatusRecord,
};
