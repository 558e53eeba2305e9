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

/** The label of a redial, which stands for its intention. */
const RESULT_LABEL = ['ResultLabel', 'result_label'];

type Kind = 'text' | 'number' | 'time' | 'object' | 'list';

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
	transcript: 'list',
	variables: 'object',
};

const FITS: Record<Kind, (value: unknown) => boolean> = {
	text: (value) => text(value) !== null,
	number: (value) => number(value) !== null,
	time: isTime,
	object: isPayload,
	list: (value) => Array.isArray(value) && value.every(isPayload),
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

const PLACE_BY_SPELLING = new Map<string, Place>(
	FIELD_NAMES.flatMap((name, index) => {
		const place = { index, fits: FITS[KINDS[name] ?? 'text'], spellings: FIELDS[name] };
		return FIELDS[name].map((spelling): [string, Place] => [spelling, place]);
	}),
);

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
}

export interface Redial {
	callId: string | null;
	phoneNumber: string | null;
	callerNumber: string | null;
	/** The account's local time: the vendor gives no zone. */
	startedAtLocal: string | null;
	ringSeconds: number | null;
	ringResult: string | null;
	intention: string | null;
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
		const place = PLACE_BY_SPELLING.get(key);
		if (place !== undefined) {
			if (value === null || value === '') continue;
			// Of several spellings the first that holds something is read.
			const isRead = key === place.spellings[0] || read(row, place.spellings) === value;
			if (isRead) held[place.index] = value;
			if (isRead && place.fits(value)) continue;
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
		if (bot !== null) said.push({ at, speaker: 'bot', text: bot });
		if (contact !== null) said.push({ at, speaker: 'contact', text: contact });
	}
	return said;
}

function redial(row: Payload): Redial {
	return {
		callId: text(read(row, CALL_FIELDS.callId)),
		phoneNumber: text(read(row, CALL_FIELDS.phoneNumber)),
		callerNumber: text(read(row, CALL_FIELDS.callerNumber)),
		startedAtLocal: text(read(row, CALL_FIELDS.start)),
		ringSeconds: number(read(row, CALL_FIELDS.ringSeconds)),
		ringResult: ringResult(read(row, CALL_FIELDS.ringType)),
		intention: text(read(row, RESULT_LABEL)),
	};
}
