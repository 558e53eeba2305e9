import { isPayload, object, type Payload } from '../../records/read';
import { withFieldsBeside } from './beside';
import { needed, number, record, text, type Fields } from './fields';

/** Notices of the predictive dialler are the only ones that name their type (client). */
export const isDialerNotice = (type: string) => (payload: Payload) =>
	payload.type === type && Object.hasOwn(payload, 'body');

export const taskFields: Fields = {
	taskId: needed(text),
	taskName: text,
	groupName: text,
};

export const contactFields: Fields = {
	...taskFields,
	phoneNumber: text,
	callid: text,
	mainNumber: text,
	phoneTag: text,
	nthCall: number,
	hangupReason: number,
	contactName: text,
	customerInfo: record(),
	info1: text,
	info2: text,
	info3: text,
	remark: text,
	timestamp: number,
};

/** The body in our shape, and what stands beside it or instead of it. */
export const fromBody =
	(toRecord: (body: Payload) => Payload) =>
	(payload: Payload): Payload => {
		const { body } = payload;
		const beside = Object.entries(payload).filter(([key]) => key !== 'type' && key !== 'body');
		const unreadable = isPayload(body) ? {} : { body };
		const { otherFields, ...fields } = toRecord(object(body));
		const own = { ...unreadable, ...object(otherFields) };
		return { ...fields, otherFields: withFieldsBeside(own, Object.fromEntries(beside)) };
	};

/** Which moment of which call: the state is spelled in two ways. */
export function momentOf(payload: Payload): unknown[] {
	const { type, body } = payload;
	const { taskId, callid, state, State, timestamp } = object(body);
	// Without its call or its time, a state could be taken for another of the same kind.
	const named = Boolean(callid) && Boolean(timestamp);
	return ['dialer', type, ...(named ? [taskId, callid, state ?? State, timestamp] : [payload])];
}
