import { CALL_FIELDS } from './callFields';
import { CONTACT_FIELDS, contactRecord, type ContactRecord } from './contact';
import { isList, isNumber, isRead, placesOf } from './places';
import {
	isPayload,
	isTime,
	momentOf,
	number,
	object,
	objects,
	read,
	text,
	type Payload,
} from './read';
import { redial, type Redial } from './redial';
import { ringResult } from './ringResult';
import { isTranscript, transcript, type TranscriptLine } from './transcript';

const FIELDS = { ...CALL_FIELDS, ...CONTACT_FIELDS };

type FieldName = keyof typeof FIELDS;

const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

const INDEX = Object.fromEntries(FIELD_NAMES.map((name, index) => [name, index])) as Record<
	FieldName,
	number
>;

const NOTHING: readonly unknown[] = FIELD_NAMES.map(() => null);

const PLACES = placesOf(FIELDS, {
	dialCount: isNumber,
	end: isTime,
	labels: isPayload,
	questionAnswers: isList,
	redials: isList,
	ringSeconds: isNumber,
	slots: isPayload,
	start: isTime,
	talkRounds: isNumber,
	transcript: isTranscript,
	variables: isPayload,
} satisfies Partial<Record<FieldName, unknown>>);

const HANGUPS = new Map([
	['ByCallee', 'contact'],
	['ByRobot', 'bot'],
	['Canceled', 'cancelled'],
]);

const NEVER_ANSWERED = new Set(['cancelled', 'failed']);

/** A call as every operation and event of this package shows it: who and what came of it, then the IDs. */
export interface CallRecord extends Payload {
	/** E.164 with + */
	phoneNumber: string | null;
	caseId: string | null;
	/** created, pending, finished, cancelled, failed; finished does not mean answered */
	status: string | null;
	/** null while nothing is known yet */
	answered: boolean | null;
	/** A…I or `--` */
	intention: string | null;
	intentionDescription: string | null;
	/** ISO 8601 UTC; for an answered call the moment of answering */
	startedAt: string | null;
	endedAt: string | null;
	/** Set instead when the vendor gives local times without a zone */
	startedAtLocal: string | null;
	endedAtLocal: string | null;
	talkSeconds: number | null;
	ringSeconds: number | null;
	ringResult: string | null;
	/** contact, bot, cancelled; only for an answered call: the vendor's initial value says nothing */
	hangup: string | null;
	/** Dials within the current round */
	dialCount: number | null;
	talkRounds: number | null;
	callerNumber: string | null;
	robotId: string | null;
	labels: Payload;
	slots: Payload;
	promiseToPay: string | null;
	agreedToWhatsApp: string | null;
	transcript: TranscriptLine[];
	redials: Redial[];
	questionAnswers: Payload[];
	/** What the contact was uploaded with */
	variables: Payload;
	contact: ContactRecord;
	recordingUrl: string | null;
	workflowId: string | null;
	workflowName: string | null;
	nodeTaskId: string | null;
	nodeTaskName: string | null;
	taskId: string | null;
	taskName: string | null;
	callId: string | null;
	/** Whatever else the vendor sent, under its own names */
	otherFields: Payload;
}

/**
 * The call in `row`; `head` holds what stands once for several calls (task, workflow).
 * Never throws: what is missing or of another type is null or empty.
 */
export function callRecord(row: Payload, head: Payload = {}): CallRecord {
	const own = readRow(row);
	const ownField = (name: FieldName) => own.held[INDEX[name]];
	const field = (name: keyof typeof CALL_FIELDS) => ownField(name) ?? read(head, CALL_FIELDS[name]);
	const status = text(field('status'));
	const start = momentOf(field('start'));
	const end = momentOf(field('end'));
	// A time with a zone is no measure for one without.
	const apart = (start.utc === null) === (end.utc === null) ? end.ms - start.ms : NaN;
	const length = Number.isNaN(apart) ? null : Math.round(apart / 1000);
	const answered = wasAnswered(length, status);
	return {
		phoneNumber: text(field('phoneNumber')),
		caseId: text(field('caseId')),
		status,
		answered,
		intention: text(field('intention')),
		intentionDescription: text(field('intentionDescription')),
		startedAt: start.utc,
		endedAt: end.utc,
		startedAtLocal: start.local,
		endedAtLocal: end.local,
		talkSeconds: answered === false ? 0 : length,
		ringSeconds: number(field('ringSeconds')),
		ringResult: ringResult(field('ringType')),
		hangup: answered ? hangup(field('hangupType')) : null,
		dialCount: number(field('dialCount')),
		talkRounds: number(field('talkRounds')),
		callerNumber: text(field('callerNumber')),
		robotId: text(field('robotId')),
		labels: object(field('labels')),
		slots: object(field('slots')),
		promiseToPay: text(field('promiseToPay')),
		agreedToWhatsApp: text(field('agreedToWhatsApp')),
		transcript: transcript(field('transcript')),
		redials: objects(field('redials')).map(redial),
		questionAnswers: objects(field('questionAnswers')),
		variables: object(field('variables')),
		contact: contactRecord(ownField),
		recordingUrl: text(field('recordingUrl')),
		workflowId: text(field('workflowId')),
		workflowName: text(field('workflowName')),
		nodeTaskId: text(field('nodeTaskId')),
		nodeTaskName: text(field('nodeTaskName')),
		taskId: text(field('taskId')),
		taskName: text(field('taskName')),
		callId: text(field('callId')),
		otherFields: own.others,
	};
}

/**
 * Once over a row. What has no place in the record, or not the type that its place has, stands in
 * `others`: nothing is lost.
 */
function readRow(row: Payload): { held: unknown[]; others: Payload } {
	const held = NOTHING.slice();
	const others: Array<[string, unknown]> = [];
	for (const key of Object.keys(row)) {
		const value = row[key];
		const place = PLACES.get(key);
		if (place !== undefined) {
			if (value === null || value === '') continue;
			const reads = isRead(row, key, value, place);
			if (reads) held[place.index] = value;
			if (reads && place.fits(value)) continue;
		}
		others.push([key, value]);
	}
	return { held, others: Object.fromEntries(others) };
}

/** Answered means that the call ended later than it started (documented); equal means unanswered. */
function wasAnswered(length: number | null, status: string | null): boolean | null {
	if (length !== null) return length > 0;
	return status !== null && NEVER_ANSWERED.has(status) ? false : null;
}

function hangup(hangupType: unknown): string | null {
	const type = text(hangupType);
	return type === null ? null : (HANGUPS.get(type) ?? type);
}
