import { isPayload, number, read, text, type Payload } from './read';

type Fits = (value: unknown) => boolean;

const isText: Fits = (value) => text(value) !== null;
export const isNumber: Fits = (value) => number(value) !== null;
export const isListOf =
	(isRow: Fits): Fits =>
	(value) =>
		Array.isArray(value) && value.every(isRow);
export const isList = isListOf(isPayload);

/** Where a row of the vendor's may hold a field. */
interface Place {
	/** Which of the fields. */
	index: number;
	fits: Fits;
	/** All that may hold this field; the first that does is read. */
	spellings: readonly string[];
}

type Places = ReadonlyMap<string, Place>;

/** By spelling. What is not told to be of another kind is text. */
export const placesOf = (
	fields: Readonly<Record<string, readonly string[]>>,
	kinds: Readonly<Partial<Record<string, Fits>>> = {},
): Places =>
	new Map(
		Object.entries(fields).flatMap(([name, spellings], index) => {
			const place = { index, fits: kinds[name] ?? isText, spellings };
			return spellings.map((spelling): [string, Place] => [spelling, place]);
		}),
	);

/** Of several spellings the first that holds something is read. */
export const isRead = (row: Payload, key: string, value: unknown, { spellings }: Place): boolean =>
	key === spellings[0] || read(row, spellings) === value;

/** What of a row its record does not show; `undefined`, and nothing made, where it shows all. */
export function unread(row: Payload, places: Places): Payload | undefined {
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
