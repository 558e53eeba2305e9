import { isListOf, placesOf, unread } from './places';
import { isPayload, objects, text, type Payload } from './read';

const PLACES = placesOf({ time: ['time'], robottext: ['robottext'], text: ['text'] });

/** One line of the conversation. `at` counts from the start of the call, `hh:mm:ss`. */
export interface TranscriptLine {
	at: string | null;
	speaker: 'bot' | 'contact';
	text: string;
	/** Only where the vendor sent anything else. */
	otherFields?: Payload;
}

export function transcript(lines: unknown): TranscriptLine[] {
	const said: TranscriptLine[] = [];
	for (const line of objects(lines)) {
		const at = text(line.time);
		const bot = text(line.robottext);
		const contact = text(line.text);
		const first = said.length;
		if (bot !== null) said.push({ at, speaker: 'bot', text: bot });
		if (contact !== null) said.push({ at, speaker: 'contact', text: contact });
		if (said.length === first) continue;
		const otherFields = unread(line, PLACES);
		if (otherFields !== undefined) said[first].otherFields = otherFields;
	}
	return said;
}

/** A silent row makes no line of the transcript: what else it holds has no place there. */
const isLine = (row: unknown): boolean =>
	isPayload(row) &&
	(text(row.robottext) !== null || text(row.text) !== null || unread(row, PLACES) === undefined);

export const isTranscript = isListOf(isLine);
