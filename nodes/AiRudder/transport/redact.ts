const LONGEST_QUOTE = 300;

/** A date is looked for first, so that a number behind it is not taken for a part of it. */
const DATE_OR_PHONE_NUMBER =
	/(?<date>(?<![+\d])(?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d(?![-.\d]))|\+?\d(?:[\s().-]{0,2}\d){6,}/g;

/** A phone number as it may be shown in an error or a log: its last three digits. */
export const maskPhoneNumber = (phoneNumber: string): string => `…${phoneNumber.slice(-3)}`;

/** What the user entered for an ID or a name, which by a slip may be a phone number. */
export const quotableEntry = (entry: string): string =>
	/^\P{L}{7,}$/u.test(entry) ? maskPhoneNumber(entry) : entry;

/**
 * Text of the vendor that is safe to quote in an error or a log: one line, no markup, no phone
 * number, none of the given secrets, at most 300 characters.
 */
export function quotable(text: string, secrets: string[] = []): string {
	let quote = text;
	for (const secret of secrets) {
		if (secret) quote = quote.replaceAll(secret, '***');
	}
	return quote
		.replace(/<[^>]*>/g, ' ')
		.replace(DATE_OR_PHONE_NUMBER, (found, date?: string) => date ?? maskPhoneNumber(found))
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, LONGEST_QUOTE);
}
