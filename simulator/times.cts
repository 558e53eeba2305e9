/** The vendor's ways of writing a time. */
import { DateTime } from 'luxon';

/** `2024-03-11T03:20:30Z` (D: call notices, chatbot sessions). */
export const utc = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** `2024-03-11 10:19:27`, without a zone (D: redials, API node pushes). */
export const local = (date: Date, zone: string): string =>
	DateTime.fromJSDate(date, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');

export const addSeconds = (date: Date, seconds: number): Date =>
	new Date(date.getTime() + seconds * 1000);

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/;

/** Reads `2024-03-11 18:00:00+08:00` (C: end_time); undefined when it is anything else. */
export function parseWithOffset(text: string): Date | undefined {
	if (!WITH_OFFSET.test(text)) return undefined;
	const time = DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm:ssZZ');
	return time.isValid ? time.toJSDate() : undefined;
}
