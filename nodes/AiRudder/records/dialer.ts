import { AS_EPOCH_MS, AS_NUMBER, AS_OBJECT, AS_TEXT, recordOf, type FieldTable } from './fields';
import { number, type Payload } from './read';

/** All of it was seen in code that receives these notices (client). */
const TASK: FieldTable = {
	taskId: { from: ['taskId'], as: AS_TEXT },
	taskName: { from: ['taskName'], as: AS_TEXT },
	groupName: { from: ['groupName'], as: AS_TEXT },
	/** The vendor writes `State` in the notices of agents. */
	status: { from: ['state', 'State'], as: AS_TEXT },
};

const CONTACT: FieldTable = {
	...TASK,
	callId: { from: ['callid'], as: AS_TEXT },
	phoneNumber: { from: ['phoneNumber'], as: AS_TEXT },
	/** Notices overtake each other: this tells their order. */
	occurredAt: { from: ['timestamp'], as: AS_EPOCH_MS },
	mainPhoneNumber: { from: ['mainNumber'], as: AS_TEXT },
	phoneTag: { from: ['phoneTag'], as: AS_TEXT },
	dialCount: { from: ['nthCall'], as: AS_NUMBER },
	hangupCode: { from: ['hangupReason'], as: AS_NUMBER },
	contactName: { from: ['contactName'], as: AS_TEXT },
	customerInfo: { from: ['customerInfo'], as: AS_OBJECT },
	privateData: { from: ['privateData'], as: AS_TEXT },
	info1: { from: ['info1'], as: AS_TEXT },
	info2: { from: ['info2'], as: AS_TEXT },
	info3: { from: ['info3'], as: AS_TEXT },
	remark: { from: ['remark'], as: AS_TEXT },
};

const AGENT: FieldTable = {
	...CONTACT,
	agentName: { from: ['agentName'], as: AS_TEXT },
	results: { from: ['customizeResults'], as: AS_OBJECT },
	talkRemarks: { from: ['talkremarks'], as: AS_TEXT },
	recordingUrl: { from: ['recLink'], as: AS_TEXT },
};

const HANGUP_REASONS: Record<number, string> = {
	0: 'Unknown',
	1: 'No agent after answer',
	2: 'Normal',
	3: 'Busy',
	4: 'Not in use',
	5: 'On hold',
	6: 'Switched off',
	7: 'Out of area',
	8: 'Invalid number',
	9: 'Wrong number',
	12: 'Talked',
	13: 'Agent rejected',
	14: 'Hung up by contact',
	15: 'Circuit break',
	16: 'Answering machine',
	17: 'Agent network failed',
	18: 'Attempt limit',
	19: 'Short abandon',
	20: 'Do not call',
};

/** A task of the predictive dialler changed its state. */
export const dialerTaskRecord = (body: Payload): Payload => recordOf(body, TASK);

/** A contact of the predictive dialler is called, answers, hangs up. */
export const dialerContactRecord = (body: Payload): Payload => explained(body, CONTACT);

/** The same, from the agent's side. */
export const dialerAgentRecord = (body: Payload): Payload => explained(body, AGENT);

function explained(body: Payload, table: FieldTable): Payload {
	const { otherFields, ...fields } = recordOf(body, table);
	const code = number(fields.hangupCode);
	const hangupReason = code === null ? null : (HANGUP_REASONS[code] ?? null);
	return { ...fields, hangupReason, otherFields };
}
