/** One round as the vendor writes it: the row of a call notice and of the outbound task's details. */
import type { Call, CallStatus, Contact, NodeTask, Round } from './state.cts';
import { local, utc } from './times.cts';

/** The contact's number, then its further ones from `extra` (A: question `extend_callees`). */
export function numbersOf(contact: Contact): string[] {
	const { extra } = contact.details;
	const extended = (Array.isArray(extra) ? extra : [])
		.filter((entry: { Question?: unknown }) => entry?.Question === 'extend_callees')
		.flatMap((entry: { Content?: unknown }) => String(entry.Content ?? '').split(','))
		.map((number) => number.trim())
		.filter((number) => number !== '' && number !== contact.callee);
	return [contact.callee, ...extended];
}

export const text = (contact: Contact, field: string): string => {
	const value = contact.details[field];
	return value === undefined || value === null ? '' : String(value);
};

/** The keys and their order are those of the vendor's example (D). */
export function callRow(round: Round, timeZone: string): Record<string, unknown> {
	const { contact, calls } = round;
	const last = calls.at(-1);
	return {
		id: round.id,
		RobotID: round.node.workflow.template.robotId,
		CalleeName: text(contact, 'callee_name'),
		CalleeGender: text(contact, 'callee_gender'),
		CalleeNumber: contact.callee,
		// Both times may be empty when nothing was dialled (C).
		CallStartTime: last ? utc(last.startedAt) : '',
		CallEndTime: last ? utc(last.endedAt) : '',
		Status: round.status,
		Intention: last?.intention ?? '--',
		CallID: last?.callId ?? '',
		CallTimes: calls.length,
		Comments: text(contact, 'comments'),
		BorrowedDate: text(contact, 'borrowed_date'),
		DueDate: text(contact, 'due_date'),
		BorrowedAmount: text(contact, 'borrowed_amount'),
		TotalOwingAmount: text(contact, 'total_owing_amount'),
		CurrencyUnit: text(contact, 'currency_unit'),
		PlatformName: text(contact, 'platform_name'),
		RingType: last?.ringType ?? 'null',
		HangupType: round.status === 'cancelled' ? 'Canceled' : (last?.hangupType ?? 'ByRobot'),
		ExtraA: text(contact, 'extra_a'),
		ExtraB: text(contact, 'extra_b'),
		ExtraC: text(contact, 'extra_c'),
		AsrResult: last?.transcript ?? [],
		RingTime: last?.ringSeconds ?? 0,
		TalkRound: last?.talkRound ?? 0,
		RedailCall: calls.slice(0, -1).map((call) => redialRow(call, timeZone)),
		NerSlots: slots(last),
		intention_description: last?.intentionDescription ?? '',
		EventLabel: labels(last),
		caller_number: last?.callerNumber ?? '',
		CaseID: contact.caseId,
		Variables: contact.variables,
	};
}

/** `CallStartTime` of a redial is local and carries no zone (D). */
const redialRow = (call: Call, timeZone: string): Record<string, unknown> => ({
	CallID: call.callId,
	CallStartTime: local(call.startedAt, timeZone),
	RingType: call.ringType,
	RingTime: call.ringSeconds,
	HangupType: call.hangupType,
	ResultLabel: call.intention,
	callee_number: call.calleeNumber,
	caller_number: call.callerNumber,
});

export const slots = (call?: Call): Record<string, string> =>
	call?.intention === 'A' ? { PaymentMethod: 'Transfer', PaymentTime: 'Time_0' } : {};

export const labels = (call?: Call): Record<string, string> =>
	call?.answered ? { A0: 'A0', Correct_Person: 'identity_correct_person' } : {};

/** The answers of an Info Check call; keys of the snake_case twin in operation 17's example (D). */
export const questionAnswers = (round: Round): Array<Record<string, string>> =>
	round.calls.at(-1)?.answered
		? [
				{
					question_name: 'Q1',
					answer: 'ss02',
					answer_text: 's s zero two',
					status: 'Completed',
					answer_text_slot: 's02;02',
					var: 'S02',
					verification_results: 'Match',
					question_content: 'Identity number',
					question_type: 'open',
					whether_answer: 'Answered',
				},
			]
		: [];

const pascal = (key: string): string =>
	key.replace(/(^|_)([a-z])/g, (_match, _gap, letter: string) => letter.toUpperCase());

/** Assumed: an Info Check row is a call row with the answers under `QuestionAnswer`. */
export const infoCheckRow = (round: Round, timeZone: string): Record<string, unknown> => ({
	...callRow(round, timeZone),
	QuestionAnswer: questionAnswers(round).map((answer) =>
		Object.fromEntries(Object.entries(answer).map(([key, value]) => [pascal(key), value])),
	),
});

/** Status of an outbound task, from its rows; how the vendor derives it is not known. */
export function taskStatus(node: NodeTask): CallStatus {
	const is = (status: CallStatus) => (round: Round) => round.status === status;
	if (node.rounds.every(is('created'))) return 'created';
	if (node.rounds.every(is('cancelled'))) return 'cancelled';
	return node.rounds.some((round) => is('created')(round) || is('pending')(round))
		? 'pending'
		: 'finished';
}
