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

export const objects = (value: unknown): Payload[] =>
	Array.isArray(value) ? value.filter(isPayload) : [];

const WITH_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** ISO 8601 UTC; null for a time without a zone, which cannot be converted. */
export function utcTime(value: unknown): string | null {
	if (typeof value !== 'string' || !WITH_ZONE.test(value)) return null;
	const ms = Date.parse(value);
	return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** The vendor's local time as it came; null when it names a zone. */
export const localTime = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' && !WITH_ZONE.test(value) ? value : null;

/** Whether one of the two can be read. */
export const isTime = (value: unknown): boolean =>
	typeof value === 'string' && (!WITH_ZONE.test(value) || !Number.isNaN(Date.parse(value)));
