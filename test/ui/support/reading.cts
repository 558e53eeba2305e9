/** How long a text takes to read. */

/** Brysbaert 2019: the average adult, silently, English non-fiction. */
const WORDS_A_MINUTE = 238;

/** In seconds. Pictures and the targets of links are not read. */
export function secondsToRead(markdown: string): number {
	const shown = markdown.replace(/!\[[^\]]*\]\([^)]*\)/g, '').replace(/\]\([^)]*\)/g, ']');
	const words = shown.split(/\s+/).filter((word) => /[a-z0-9]/i.test(word));
	return (words.length / WORDS_A_MINUTE) * 60;
}
