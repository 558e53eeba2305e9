const LONGEST_QUOTE = 300;

const PHONE_NUMBER = /\+?\d(?:[\s().-]{0,2}\d){6,}/g;
const DATE = /^(?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d/;

/** A phone number as it may be shown in an error or a log: its last three digits. */
export const maskPhoneNumber = (phoneNumber: string): string => `…${phoneNumber.slice(-3)}`;

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
		.replace(PHONE_NUMBER, (found) => (DATE.test(found) ? found : maskPhoneNumber(found)))
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, LONGEST_QUOTE);
}
