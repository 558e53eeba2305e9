import { createHash } from 'node:crypto';

/** The SHA-256 of a value's JSON, in hexadecimal digits. */
export const sha256 = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex');
