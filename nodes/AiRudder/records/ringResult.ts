import { text } from './read';

/** What the words of the vendor's `RingType` (documented) mean (assumed). */
const RING_RESULTS = new Map([
	['busy', 'Busy'],
	['cantuse', 'Out of credit'],
	['holdline', 'On hold'],
	['normal', 'Rang'],
	['outofarea', 'Out of service area'],
	['switchoff', 'Powered off'],
	['unregister', 'Not registered'],
	['wrongnum', 'Invalid number'],
]);

export function ringResult(ringType: unknown): string | null {
	const type = text(ringType);
	return type === null || type === 'null' ? null : (RING_RESULTS.get(type) ?? type);
}
