import { CONTACT_FIELDS, contactRecord, type ContactRecord } from './contact';
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

/** Our name → the vendor's spellings: call notices and task details, then the API-node push. */
export const CALL_FIELDS = {
	callId: ['CallID', 'call_id', 'callid'],
	caseId: ['CaseID', 'case_id', 'caseid'],
	phoneNumber: ['CalleeNumber', 'callee_number', 'callee'],
	callerNumber: ['caller_number', 'CallerNumber', 'caller'],
	taskId: ['TaskID', 'task_id'],
	taskName: ['TaskName', 'task_name'],
	workflowId: ['workflow_id'],
	workflowName: ['workflow_name'],
	nodeTaskId: ['nodetask_id'],
	nodeTaskName: ['nodetask_name'],
	robotId: ['RobotID', 'robot_id'],
	status: ['Status', 'status'],
	start: ['CallStartTime', 'call_start_time'],
	end: ['CallEndTime', 'call_end_time'],
	ringSeconds: ['RingTime', 'ring_time'],
	ringType: ['RingType', 'ring_type'],
	hangupType: ['HangupType', 'hangup_type'],
	dialCount: ['CallTimes', 'call_times'],
	talkRounds: ['TalkRound', 'talk_round'],
	intention: ['Intention', 'intention'],
	intentionDescription: ['intention_description', 'IntentionDescription'],
	labels: ['EventLabel', 'event_label', 'multi_label'],
	slots: ['NerSlots', 'ner_slots'],
	promiseToPay: ['AsrPTP', 'asr_ptp'],
	agreedToWhatsApp: ['AskWhatsAPP', 'ask_whatsapp'],
	transcript: ['AsrResult', 'asr_result'],
	redials: ['RedailCall', 'redial_call'],
	variables: ['Variables', 'variables'],
	questionAnswers: ['QuestionAnswer', 'question_answer', 'QuestionAnswers', 'question_answers'],
	recordingUrl: [
		...['RecordingLink', 'recording_link', 'RecordLink', 'record_link', 'recLink'],
		...['RecordingUrl', 'recording_url', 'RecordUrl', 'record_url', 'recording', 'record'],
	],
} as const;

const FIELDS = { ...CALL_FIELDS, ...CONTACT_FIELDS };

type FieldName = keyof typeof FIELDS;

const REDIAL_FIELDS = {
	callId: CALL_FIELDS.callId,
	phoneNumber: CALL_FIELDS.phoneNumber,
	callerNumber: CALL_FIELDS.callerNumber,
	start: CALL_FIELDS.start,
	ringSeconds: CALL_FIELDS.ringSeconds,
	ringType: CALL_FIELDS.ringType,
	hangupType: CALL_FIELDS.hangupType,
	/** It stands for the intention. */
	resultLabel: ['ResultLabel', 'result_label'],
} as const;

const LINE_FIELDS = { time: ['time'], robottext: ['robottext'], text: ['text'] } as const;

type Kind = 'text' | 'number' | 'time' | 'object' | 'list' | 'lines';

const KINDS: Partial<Record<FieldName, Kind>> = {
	dialCount: 'number',
	end: 'time',
	labels: 'object',
	questionAnswers: 'list',
	redials: 'list',
	ringSeconds: 'number',
	slots: 'object',
	start: 'time',
	talkRounds: 'number',
	transcript: 'lines',
	variables: 'object',
};

const FITS: Record<Kind, (value: unknown) => boolean> = {
	text: (value) => text(value) !== null,
	number: (value) => number(value) !== null,
	time: isTime,
	object: isPayload,
	list: (value) => Array.isArray(value) && value.every(isPayload),
	lines: (value) => Array.isArray(value) && value.every(isLine),
};

const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

const INDEX = Object.fromEntries(FIELD_NAMES.map((name, index) => [name, index])) as Record<
	FieldName,
	number
>;

const NOTHING: readonly unknown[] = FIELD_NAMES.map(() => null);

interface Place {
	/** Which of the fields. */
	index: number;
	fits: (value: unknown) => boolean;
	/** All that may hold this field; the first that does is read. */
	spellings: readonly string[];
}

type Places = ReadonlyMap<string, Place>;

/** By spelling. */
const placesOf = (
	fields: Readonly<Record<string, readonly string[]>>,
	kinds: Readonly<Partial<Record<string, Kind>>>,
): Places =>
	new Map(
		Object.entries(fields).flatMap(([name, spellings], index) => {
			const place = { index, fits: FITS[kinds[name] ?? 'text'], spellings };
			return spellings.map((spelling): [string, Place] => [spelling, place]);
		}),
	);

const PLACES = placesOf(FIELDS, KINDS);
const REDIAL_PLACES = placesOf(REDIAL_FIELDS, { ringSeconds: 'number' });
const LINE_PLACES = placesOf(LINE_FIELDS, {});

/** What the vendor's `RingType` means; inferred, but for the names themselves, which are documented. */
const RING_RESULTS: Record<string, string> = {
	busy: 'Busy',
	cantuse: 'Out of credit',
	holdline: 'On hold',
	normal: 'Rang',
	outofarea: 'Out of service area',
	switchoff: 'Powered off',
	unregister: 'Not registered',
	wrongnum: 'Invalid number',
};

const HANGUPS: Record<string, string> = {
	ByCallee: 'contact',
	ByRobot: 'bot',
	Canceled: 'cancelled',
};

const NEVER_ANSWERED = new Set(['cancelled', 'failed']);

/** One line of the conversation. `at` counts from the start of the call, `hh:mm:ss`. */
export interface TranscriptLine {
	at: string | null;
	speaker: 'bot' | 'contact';
	text: string;
	/** Only where the vendor sent anything else. */
	otherFields?: Payload;
}

export interface Redial {
	callId: string | null;
	phoneNumber: string | null;
	callerNumber: string | null;
	/** The account's local time: the vendor gives no zone. */
	startedAtLocal: string | null;
	ringSeconds: number | null;
	ringResult: string | null;
	/** The vendor's own word: of a dial that was not answered it says nothing, and which were is not told. */
	hangupType: string | null;
	intention: string | null;
	/** Only where the vendor sent anything else. */
	otherFields?: Payload;
}

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
	const length = Number.isNaN(end.ms - start.ms) ? null : Math.round((end.ms - start.ms) / 1000);
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
		talkSeconds: answered ? length : answered === null ? null : 0,
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

/** Of several spellings the first that holds something is read. */
const isRead = (row: Payload, key: string, value: unknown, { spellings }: Place): boolean =>
	key === spellings[0] || read(row, spellings) === value;

/** What of a row its record does not show; `undefined`, and nothing made, where it shows all. */
function unread(row: Payload, places: Places): Payload | undefined {
	let others: Array<[string, unknown]> | undefined;
	for (const key in row) {
		const value = row[key];
		const place = places.get(key);
		if (place !== undefined) {
			if (value === null || value === '') continue;
			if (isRead(row, key, value, place) && place.fits(value)) continue;
		}
		(others ??= []).push([key, value]);
	}
	return others && Object.fromEntries(others);
}

/** Answered means that the call ended later than it started (documented); equal means unanswered. */
function wasAnswered(length: number | null, status: string | null): boolean | null {
	if (length !== null) return length > 0;
	return status !== null && NEVER_ANSWERED.has(status) ? false : null;
}

function ringResult(ringType: unknown): string | null {
	const type = text(ringType);
	return type === null || type === 'null' ? null : (RING_RESULTS[type] ?? type);
}

function hangup(hangupType: unknown): string | null {
	const type = text(hangupType);
	return type === null ? null : (HANGUPS[type] ?? type);
}

function transcript(lines: unknown): TranscriptLine[] {
	const said: TranscriptLine[] = [];
	for (const line of objects(lines)) {
		const at = text(line.time);
		const bot = text(line.robottext);
		const contact = text(line.text);
		const first = said.length;
		if (bot !== null) said.push({ at, speaker: 'bot', text: bot });
		if (contact !== null) said.push({ at, speaker: 'contact', text: contact });
		if (said.length === first) continue;
		const otherFields = unread(line, LINE_PLACES);
		if (otherFields !== undefined) said[first].otherFields = otherFields;
	}
	return said;
}

/** A silent row makes no line of the transcript: what else it holds has no place there. */
const isLine = (row: unknown): boolean =>
	isPayload(row) &&
	(text(row.robottext) !== null ||
		text(row.text) !== null ||
		unread(row, LINE_PLACES) === undefined);

function redial(row: Payload): Redial {
	const dial: Redial = {
		callId: text(read(row, REDIAL_FIELDS.callId)),
		phoneNumber: text(read(row, REDIAL_FIELDS.phoneNumber)),
		callerNumber: text(read(row, REDIAL_FIELDS.callerNumber)),
		startedAtLocal: text(read(row, REDIAL_FIELDS.start)),
		ringSeconds: number(read(row, REDIAL_FIELDS.ringSeconds)),
		ringResult: ringResult(read(row, REDIAL_FIELDS.ringType)),
		hangupType: text(read(row, REDIAL_FIELDS.hangupType)),
		intention: text(read(row, REDIAL_FIELDS.resultLabel)),
	};
	const otherFields = unread(row, REDIAL_PLACES);
	if (otherFields !== undefined) dial.otherFields = otherFields;
	return dial;
}
