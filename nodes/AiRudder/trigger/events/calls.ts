import { callRecord } from '../../records/call';
import { isPayload, object, text as readText, type Payload } from '../../records/read';
import { withFieldsBeside } from './beside';
import type { WebhookEvent } from './event';
import { list, needed, number, record, rows, text, type Fields } from './fields';

const notice: Fields = {
	TaskID: needed(text),
	TaskName: text,
	Sign: needed(text),
	Details: needed(list),
	workflow_id: text,
	workflow_name: text,
	nodetask_id: text,
	nodetask_name: text,
};

const call: Fields = {
	id: number,
	CalleeNumber: needed(text),
	CalleeName: text,
	CalleeGender: text,
	CallID: text,
	CaseID: text,
	RobotID: text,
	CallStartTime: text,
	CallEndTime: text,
	CallTimes: number,
	Status: text,
	Intention: text,
	intention_description: text,
	RingType: text,
	RingTime: number,
	HangupType: text,
	TalkRound: number,
	caller_number: text,
	Comments: text,
	PlatformName: text,
	BorrowedDate: text,
	BorrowedAmount: text,
	DueDate: text,
	TotalOwingAmount: text,
	CurrencyUnit: text,
	ExtraA: text,
	ExtraB: text,
	ExtraC: text,
	AskWhatsAPP: text,
	AsrPTP: text,
	AsrResult: rows(),
	RedailCall: rows({ CallID: text, CallStartTime: text, RingTime: number }),
	NerSlots: record(),
	EventLabel: record(),
	Multi_intention: record(),
	Variables: record(),
};

const HEAD = new Set(Object.keys(notice));

/** What the head holds beyond the documented, so that nothing of it is lost. */
function otherHeadFields(payload: Payload): Payload {
	const others = Object.entries(payload).filter(([key, value]) => {
		if (key === 'Details') return !Array.isArray(value) && !isPayload(value);
		return !HEAD.has(key) || (key !== 'Sign' && typeof value === 'object' && value !== null);
	});
	return Object.fromEntries(others);
}

function head(payload: Payload): Payload {
	return {
		workflowId: readText(payload.workflow_id),
		workflowName: readText(payload.workflow_name),
		nodeTaskId: readText(payload.nodetask_id),
		nodeTaskName: readText(payload.nodetask_name),
		taskId: readText(payload.TaskID),
		taskName: readText(payload.TaskName),
		otherFields: otherHeadFields(payload),
	};
}

/** All that both kinds of call notice have in common, which is all but their questions and answers. */
export const callNotice = {
	selectedBy: ['callCompletion', 'callCompletionInfoCheck'],
	schema: notice,
	signature: 'body',
	aggregate: { field: 'Details', schema: call, head, listName: 'calls' },
	/**
	 * Where there is no call ID, because nothing was placed, two rounds of a contact may agree in all that
	 * else names them: there, and only there, the identity assumed for calls gives way to the content.
	 */
	identity: (payload, entry) => {
		const { TaskID: taskId } = payload;
		const { CallID, CalleeNumber, CaseID, id, Status, CallTimes } = object(entry);
		if (readText(CallID) === null) return ['call', taskId, entry === undefined ? payload : entry];
		return ['call', taskId, CallID, CalleeNumber, CaseID, id, Status, CallTimes];
	},
	toRecord: (payload, entry) => {
		const record = callRecord(object(entry), payload);
		const own = entry === undefined || isPayload(entry) ? record.otherFields : { entry };
		record.otherFields = withFieldsBeside(own, otherHeadFields(payload));
		return record;
	},
} satisfies Partial<WebhookEvent>;

/** Both have `TaskID` and `Details`; an entry in an unexpected form still is a call notice. */
export const isCallNotice = (payload: Payload) =>
	Object.hasOwn(payload, 'TaskID') && Object.hasOwn(payload, 'Details');
