/**
 * Tolerant reading of the vendor's payloads: fields may be missing, null, empty, or of another type
 * than documented, and none of that may cost a call its outcome.
 */
export type Payload = Record<string, unknown>;

export const isPayload = (value: unknown): value is Payload =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of several spellings that holds something. */
export function read(payload: Payload, spellings: readonly string[]): unknown {
	for (const spelling of spellings) {
		const value = Object.hasOwn(payload, spelling) ? payload[spelling] : undefined;
		if (value !== undefined && value !== null && value !== '') return value;
	}
	return null;
}

/** Text, or null where there is none. IDs may come as numbers and stay text. */
export function text(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

export function number(value: unknown): number | null {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : null;
}

export const object = (value: unknown): Payload => (isPayload(value) ? value : {});

const TOTAL = ['total', 'Total', 'total_count', 'TotalCount'];

/** How many rows there are in all, where an answer says so. */
export const totalOf = (data: unknown): number | null => number(read(object(data), TOTAL));

/** What stands beside the lists and objects of an answer, if it says anything. */
export const scalars = (payload: Payload): Payload =>
	Object.fromEntries(
		Object.entries(payload).filter(([, value]) => typeof value !== 'object' && value !== ''),
	);

/** Whether it may be a bare ID, unlike a sentence. */
export const isWord = (value: unknown): boolean => /^\S+$/.test(text(value) ?? '');

export const objects = (value: unknown): Payload[] =>
	Array.isArray(value) ? value.filter(isPayload) : [];

/** The values of a list; what should be a list and is one object counts as a list of one. */
export const valuesOf = (value: unknown): readonly unknown[] => {
	if (isPayload(value)) return [value];
	return Array.isArray(value) ? value : [];
};

const WITH_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** A time of the vendor's, which comes with or without a zone. */
interface Moment {
	/** ISO 8601 UTC; null for a time without a zone, which cannot be converted. */
	utc: string | null;
	/** As it came; null when it names a zone. */
	local: string | null;
	/** For the distance of two; NaN for what is no time. */
	ms: number;
}

const NO_MOMENT: Moment = { utc: null, local: null, ms: NaN };

export function momentOf(value: unknown): Moment {
	if (typeof value !== 'string' || value === '') return NO_MOMENT;
	const ms = Date.parse(value);
	// Only as UTC: where this machine changes to summer time, an hour would be missing or twice there.
	if (!WITH_ZONE.test(value)) return { utc: null, local: value, ms: Date.parse(`${value}Z`) || ms };
	return { utc: Number.isNaN(ms) ? null : new Date(ms).toISOString(), local: null, ms };
}

export const utcTime = (value: unknown): string | null => momentOf(value).utc;
export const localTime = (value: unknown): string | null => momentOf(value).local;

/** Whether one of the two can be read. */
export const isTime = (value: unknown): boolean =>
	typeof value === 'string' && (!WITH_ZONE.test(value) || !Number.isNaN(Date.parse(value)));
