import { isPayload, localTime, number, text, utcTime, type Payload } from './read';

/** How a value of the vendor becomes one of ours; null when it is not of that kind. */
interface Kind {
	read: (value: unknown) => unknown;
	/** What stands for nothing, unless that is null. */
	empty?: () => unknown;
}

const isoTime = (ms: number | null): string | null =>
	ms === null || Math.abs(ms) > LAST_MS ? null : new Date(ms).toISOString();

/** In the year 5138; as milliseconds it lies in 1973. */
const LAST_SECOND = 100_000_000_000;

/** The last moment that a date can hold. */
const LAST_MS = 8_640_000_000_000_000;

export const AS_TEXT: Kind = { read: text };
export const AS_NUMBER: Kind = { read: number };
export const AS_UTC_TIME: Kind = { read: utcTime };
export const AS_LOCAL_TIME: Kind = { read: localTime };
export const AS_EPOCH_MS: Kind = { read: (value) => isoTime(number(value)) };
/** Seconds in the notices; a list, whose fields are assumed, may give milliseconds. */
export const AS_EPOCH_SECONDS: Kind = {
	read: (value) => {
		const time = number(value);
		return isoTime(time === null || time > LAST_SECOND ? time : time * 1000);
	},
};
export const AS_OBJECT: Kind = {
	read: (value) => (isPayload(value) ? value : null),
	empty: () => ({}),
};
/** Of no kind that is known. */
export const AS_IT_IS: Kind = { read: (value) => value };
/** A list of objects in the shape of `toRecord`. */
export const asList = (toRecord: (row: Payload) => Payload): Kind => ({
	read: (value) =>
		Array.isArray(value) && value.every(isPayload) ? value.map((row) => toRecord(row)) : null,
	empty: () => [],
});

/** Our name → the vendor's spellings, and what stands there. */
export type FieldTable = Record<string, { from: readonly string[]; as: Kind }>;

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/**
 * The payload in our names. What has no place in the table, or not the kind that its place has, stands
 * in `others` as it came: nothing is lost.
 */
export function readFields(
	payload: Payload,
	table: FieldTable,
): { fields: Payload; others: Payload } {
	const settled = new Set<string>();
	const fields: Payload = {};
	for (const [name, { from, as }] of Object.entries(table)) {
		const held: string[] = [];
		for (const key of from) {
			if (!Object.hasOwn(payload, key)) continue;
			if (isEmpty(payload[key])) settled.add(key);
			else held.push(key);
		}
		const value = held.length === 0 ? null : as.read(payload[held[0]]);
		if (value !== null) settled.add(held[0]);
		fields[name] = value ?? as.empty?.() ?? null;
	}
	const others = Object.entries(payload).filter(([key]) => !settled.has(key));
	return { fields, others: Object.fromEntries(others) };
}

/** The payload in our names as one record. */
export function recordOf(payload: Payload, table: FieldTable): Payload {
	const { fields, others } = readFields(payload, table);
	return { ...fields, otherFields: others };
}
