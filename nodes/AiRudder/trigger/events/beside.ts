import type { Payload } from '../../records/read';

/**
 * An entry's fields, and those that stand beside it in the notice. Where the two differ under one name,
 * the latter goes on under the name with a `_`: neither is lost.
 */
export function withFieldsBeside(own: Payload, beside: Payload): Payload {
	const entries = Object.entries(beside).map(([name, value]) => {
		let free = name;
		while (
			(Object.hasOwn(own, free) && own[free] !== value) ||
			(free !== name && Object.hasOwn(beside, free))
		) {
			free += '_';
		}
		return [free, value];
	});
	return { ...Object.fromEntries(entries), ...own };
}
