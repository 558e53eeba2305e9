import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isPayload, type Payload } from '../records/read';
import { joinedId, type Entry } from './entries';
import type { WebhookEvent } from './events/event';
import type { Notice } from './notice';
import { problemsOf } from './problems';
import { withReachableNames } from '../records/reachable';
import type { TriggerSettings } from './settings';
import type { Verification } from './verification';

/** What is known when a notice has passed all checks. */
export interface Arrival {
	event: WebhookEvent;
	notice: Notice;
	/** Those that go on. */
	entries: Entry[];
	verification?: Verification;
	receivedAt: string;
}

/** A notice as n8n's items. */
export function toItems(arrival: Arrival, settings: TriggerSettings): INodeExecutionData[] {
	const { event, notice, entries } = arrival;
	const shared = sharedFields(arrival, settings);
	if (!settings.simplify) return [rawItem(arrival, shared)];
	const problems = noticeProblems(event, notice);
	if (event.aggregate && settings.oneItemPerNotice) {
		const { head, listName } = event.aggregate;
		const calls = entries
			.filter(({ value }) => value !== undefined)
			.map(({ value }) => event.toRecord(notice.payload, value));
		const record = { ...head(notice.payload), [listName]: calls };
		const all = [...problems, ...entries.flatMap((entry) => entryProblems(event, notice, entry))];
		return [item(arrival, joinedId(entries), record, shared, all)];
	}
	return entries.map((entry) => {
		const record = event.toRecord(notice.payload, entry.value);
		const all = [...problems, ...entryProblems(event, notice, entry)];
		return item(arrival, entry.eventId, record, shared, all);
	});
}

function item(
	{ event, receivedAt }: Arrival,
	eventId: string,
	record: Payload,
	shared: Payload,
	problems: string[],
): INodeExecutionData {
	return dataItem({
		event: event.option.value,
		...withReachableNames(record),
		...shared,
		eventId,
		receivedAt,
		...(problems.length > 0 && { problems }),
	});
}

/** With the vendor's payload as it came; of an aggregate that repeats some calls, only the new ones. */
function rawItem({ event, notice, entries, receivedAt }: Arrival, shared: Payload) {
	const { payload, body } = notice;
	const list = event.aggregate && payload[event.aggregate.field];
	const partial = event.aggregate && Array.isArray(list) && list.length > entries.length;
	const problems = [
		...noticeProblems(event, notice),
		...entries.flatMap((entry) => entryProblems(event, notice, entry)),
	];
	return dataItem({
		event: event.option.value,
		eventId: joinedId(entries),
		receivedAt,
		...reachable(payload),
		payload:
			event.aggregate && partial
				? { ...payload, [event.aggregate.field]: entries.map(({ value }) => value) }
				: body,
		...shared,
		...(problems.length > 0 && { problems }),
	});
}

/** n8n refuses the names `callee` and `caller` in expressions: what stands there, under another one. */
function reachable({ callee, caller }: Payload): Payload {
	return {
		...(typeof callee === 'string' && { phoneNumber: callee }),
		...(isPayload(callee) && { contact: callee }),
		...(typeof caller === 'string' && { callerNumber: caller }),
	};
}

/** What stands beside the record or the payload alike. */
function sharedFields(
	{ event, notice, verification }: Arrival,
	{ simplify, includeHeaders }: TriggerSettings,
): Payload {
	return {
		...(event.option.value === 'unknown' && simplify && reachable(notice.payload)),
		...(event.signature === 'header' && {
			signature: notice.headers['x-airudder-sign'] ?? null,
		}),
		...(verification && verificationFields(verification, simplify)),
		...(includeHeaders && { headers: notice.headers }),
	};
}

function verificationFields({ verified, problems, record }: Verification, simplify: boolean) {
	return {
		verified,
		verification: record && (simplify ? withReachableNames(record.simplified) : record.raw),
		...(problems.length > 0 && { verificationProblems: problems }),
	};
}

const noticeProblems = (event: WebhookEvent, { payload, problems }: Notice): string[] =>
	problems.length > 0 ? problems : problemsOf(event.schema, payload);

function entryProblems(
	{ aggregate }: WebhookEvent,
	{ payload }: Notice,
	{ value, index }: Entry,
): string[] {
	if (!aggregate) return [];
	const { field, schema } = aggregate;
	if (value === undefined) return Array.isArray(payload[field]) ? [`'${field}' is empty`] : [];
	return problemsOf(schema, value, Array.isArray(payload[field]) ? `${field}.${index}` : field);
}

/** What was parsed from JSON is what n8n calls a data object. */
const dataItem = (json: Payload): INodeExecutionData => ({ json: json as IDataObject });
