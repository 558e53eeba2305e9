import { CALL_FIELDS } from './callFields';
import { isNumber, placesOf, unread } from './places';
import { number, read, text, type Payload } from './read';
import { ringResult } from './ringResult';

const FIELDS = {
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

const PLACES = placesOf(FIELDS, { ringSeconds: isNumber });

/** One more dial within the round of a call. */
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

export function redial(row: Payload): Redial {
	const field = (name: keyof typeof FIELDS) => read(row, FIELDS[name]);
	const otherFields = unread(row, PLACES);
	return {
		callId: text(field('callId')),
		phoneNumber: text(field('phoneNumber')),
		callerNumber: text(field('callerNumber')),
		startedAtLocal: text(field('start')),
		ringSeconds: number(field('ringSeconds')),
		ringResult: ringResult(field('ringType')),
		hangupType: text(field('hangupType')),
		intention: text(field('resultLabel')),
		...(otherFields && { otherFields }),
	};
}
