import { apiNodePushRecord } from '../../records/apiNodePush';
import { isPayload, object, text as readText } from '../../records/read';
import type { WebhookEvent } from './event';
import { needed, number, record, rows, text } from './fields';

/** A contact has reached a custom API node of the workflow (documented). */
export const apiNodePush: WebhookEvent = {
	option: {
		name: 'Custom API Node Push',
		value: 'apiNodePush',
		action: 'On custom API node push',
		description: 'A contact has reached a custom API node of the workflow',
	},
	provenance: 'documented',
	recognises: (payload) => Object.hasOwn(payload, 'node_id') && isPayload(payload.callee),
	schema: {
		workflow_id: needed(text),
		workflow_name: text,
		node_id: needed(text),
		node_name: text,
		callee: needed(
			record({
				callee_number: needed(text),
				case_id: text,
				callee_name: text,
				extra: rows(),
				extend: record(),
			}),
		),
		custom_attribute: record(),
		call: record({
			task_id: text,
			call_id: text,
			callee_number: text,
			robot_id: text,
			call_start_time: text,
			call_end_time: text,
			call_times: number,
			ring_type: text,
			ring_time: number,
			hangup_type: text,
			intention: text,
			talk_round: number,
			question_answer: rows(),
			redial_call: rows(),
			asr_result: rows(),
			ner_slots: record(),
			multi_label: record(),
		}),
	},
	signature: 'none',
	identity: (payload) => {
		const { workflow_id: workflowId, node_id: nodeId } = payload;
		const { callee_number: phoneNumber, case_id: caseId } = object(payload.callee);
		const { call_id: callId } = object(payload.call);
		// A contact that was messaged, not called, may come to the node again: only the content tells.
		if (readText(callId) === null) return ['apiNodePush', payload];
		return ['apiNodePush', workflowId, nodeId, phoneNumber, caseId, callId];
	},
	toRecord: apiNodePushRecord,
};
