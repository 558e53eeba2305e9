import type { Payload } from '../../records/read';

/**
 * An entry's fields, and those that stand beside it in the notice. Where the two differ under one name,
 * the latter goes on under the name with a `_`: neither is lost.
 */
export function withFieldsBeside(own: Payload, beside: Payload): Payload {
	const added = new Map<string, unknown>();
	for (const [name, value] of Object.entries(beside)) {
		let free = name;
		while (
			added.has(free) ||
			(Object.hasOwn(own, free) && own[free] !== value) ||
			(free !== name && Object.hasOwn(beside, free))
		) {
			free += '_';
		}
		added.set(free, value);
	}
	return { ...Object.fromEntries(added), ...own };
}
