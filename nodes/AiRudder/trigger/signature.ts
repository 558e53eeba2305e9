import { createHash, timingSafeEqual } from 'node:crypto';
import type { Payload } from '../records/read';

/**
 * Whether `Sign` is the lower-case hex MD5 of TaskID + KEY (documented). It proves knowledge of the
 * key, not freshness: all notices of a task carry the same one.
 */
export function isSigned({ TaskID: taskId, Sign: sign }: Payload, key: string): boolean {
	if (typeof sign !== 'string') return false;
	// Anything else has no text that the vendor could have signed.
	if (typeof taskId !== 'string' && typeof taskId !== 'number') return false;
	const expected = createHash('md5').update(`${taskId}${key}`, 'utf8').digest('hex');
	const received = Buffer.from(sign.toLowerCase());
	return received.length === expected.length && timingSafeEqual(received, Buffer.from(expected));
}
