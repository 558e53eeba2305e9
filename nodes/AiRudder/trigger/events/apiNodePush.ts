import { z } from 'zod';
import { apiNodePushRecord } from '../../records/apiNodePush';
import { isPayload, object } from '../../records/read';
import { lazy } from '../../lazy';
import type { WebhookEvent } from './event';
import { number, record, rows, text } from './fields';

/** A contact has reached a custom API node of the workflow (documented). */
export const apiNodePush: WebhookEvent = {
	option: {
		name: 'Custom API Node Push',
		value: 'apiNodePush',
		action: 'On custom API node push',
		description: 'A contact has reached a custom API node of the workflow',
	},
	selectedBy: ['apiNodePush'],
	recognises: (payload) => Object.hasOwn(payload, 'node_id') && isPayload(payload.callee),
	schema: lazy(() =>
		z.object({
			workflow_id: z.string(),
			workflow_name: text(),
			node_id: z.string(),
			node_name: text(),
			callee: z.object({
				callee_number: z.string(),
				case_id: text(),
				callee_name: text(),
				extra: rows(),
				extend: record(),
			}),
			custom_attribute: record(),
			call: z
				.object({
					task_id: text(),
					call_id: text(),
					callee_number: text(),
					robot_id: text(),
					call_start_time: text(),
					call_end_time: text(),
					call_times: number(),
					ring_type: text(),
					ring_time: number(),
					hangup_type: text(),
					intention: text(),
					talk_round: number(),
					question_answer: rows(),
					redial_call: rows(),
					asr_result: rows(),
					ner_slots: record(),
					multi_label: record(),
				})
				.nullish(),
		}),
	),
	signature: 'none',
	identity: ({ workflow_id: workflowId, node_id: nodeId, callee, call }) => [
		'apiNodePush',
		workflowId,
		nodeId,
		object(callee).callee_number,
		object(callee).case_id,
		object(call).call_id,
	],
	toRecord: apiNodePushRecord,
};
