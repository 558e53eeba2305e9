/** Compares two labels as a reader would; `localeCompare` costs milliseconds at its first use. */
export function alphabetical(a: string, b: string): number {
	const [first, second] = [a.toLowerCase(), b.toLowerCase()];
	return first < second ? -1 : Number(first > second);
}
