/** Custom API Node Data Push (D): also the answer to the check-back of operation 17. */
import { labels, questionAnswers, slots, text } from '../rows.cts';
import type { Call, Contact, Round } from '../state.cts';
import { local } from '../times.cts';
import { contactOf, workflowHead, type Body, type EventDefinition } from './event.cts';

export const apiNodePush: EventDefinition = {
	mark: 'D',
	signature: 'none',
	build: (scene, { timeZone }) => {
		const round = scene.rounds?.filter(({ calls }) => calls.length > 0).at(-1);
		return {
			...workflowHead(scene),
			node_id: scene.node.id,
			node_name: scene.node.name,
			callee: calleeBlock(contactOf(scene)),
			custom_attribute: { a: '1', b: '2' },
			// A contact that was not called before has nothing to tell here (assumed).
			call: round ? callBlock(round, timeZone) : {},
		};
	},
};

const calleeBlock = (contact: Contact): Body => ({
	case_id: contact.caseId,
	callee_name: text(contact, 'callee_name'),
	callee_gender: text(contact, 'callee_gender'),
	callee_number: contact.callee,
	platform_name: text(contact, 'platform_name'),
	extra_a: text(contact, 'extra_a'),
	extra_b: text(contact, 'extra_b'),
	extra_c: text(contact, 'extra_c'),
	extra: contact.details.extra ?? [],
	extend: { variables: contact.variables, detail_source: 'api', pds_variables: {} },
	comments: text(contact, 'comments'),
	borrowed_date: text(contact, 'borrowed_date'),
	due_date: text(contact, 'due_date'),
	borrowed_amount: text(contact, 'borrowed_amount'),
	total_owing_amount: text(contact, 'total_owing_amount'),
	currency_unit: text(contact, 'currency_unit'),
});

/** Times are local and carry no zone here, unlike those of the call notice (D). */
function callBlock(round: Round, timeZone: string): Body {
	const { calls, contact, node } = round;
	const last = calls[calls.length - 1];
	return {
		task_id: node.taskId,
		call_id: last.callId,
		callee_number: contact.callee,
		robot_id: node.workflow.template.robotId,
		call_start_time: local(last.startedAt, timeZone),
		call_end_time: local(last.endedAt, timeZone),
		call_times: calls.length,
		ring_type: last.ringType,
		question_answer: node.workflow.template.infoCheck ? questionAnswers(round) : [],
		hangup_type: last.hangupType,
		intention: last.intention,
		slots: '',
		ner_slots: slots(last),
		redial_call: calls.slice(0, -1).map((call) => redialBlock(call, timeZone)),
		talk_round: last.talkRound,
		ring_time: last.ringSeconds,
		multi_label: labels(last),
		intention_description: last.intentionDescription,
		asr_ptp: '',
		asr_result: last.transcript,
		caller_number: last.callerNumber,
	};
}

const redialBlock = (call: Call, timeZone: string): Body => ({
	call_id: call.callId,
	call_start_time: local(call.startedAt, timeZone),
	ring_type: call.ringType,
	ring_time: call.ringSeconds,
	hangup_type: call.hangupType,
	result_label: call.intention,
	callee_number: call.calleeNumber,
	caller_number: call.callerNumber,
});
