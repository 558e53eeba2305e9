import { valuesOf } from '../records/read';
import { sha256 } from '../sha256';
import type { WebhookEvent } from './events/event';
import type { Notice } from './notice';

/** A part of a notice that is an item of its own: one call of several, else the whole notice. */
export interface Entry {
	/** `undefined` where a notice of several calls holds none. */
	value: unknown;
	/** Where it stands in the notice. */
	index: number;
	/** The same for every repeat of the entry, so that a flow can remove what comes twice. */
	eventId: string;
	/** Where the entry is remembered: its own ID, or that of what it is the state of. */
	slot: string;
}

/** `mark` sets a notice apart from others that claim the same identity. */
export function entriesOf(event: WebhookEvent, notice: Notice, mark: unknown[] = []): Entry[] {
	const { payload } = notice;
	const subject = event.subject && digest(event.subject(payload));
	const byId = new Map<string, unknown>();
	return partsOf(event, notice).map((value, index) => {
		const identity = [...event.identity(payload, value), ...mark];
		let eventId = digest(identity);
		// The identity is assumed: two entries of one notice that differ are never taken for one.
		if (byId.has(eventId) && digest([byId.get(eventId)]) !== digest([value])) {
			eventId = digest([...identity, value]);
		}
		byId.set(eventId, value);
		return { value, index, eventId, slot: subject ?? eventId };
	});
}

/** An aggregate without a usable list is one entry: its head may still say something. */
function partsOf({ aggregate }: WebhookEvent, { payload, body }: Notice): readonly unknown[] {
	if (!aggregate) return [body];
	const values = valuesOf(payload[aggregate.field]);
	return values.length > 0 ? values : [undefined];
}

/** The notice as one: what it is made of. */
export const joinedId = (entries: Entry[]): string =>
	entries.length === 1 ? entries[0].eventId : digest(entries.map(({ eventId }) => eventId));

const digest = (identity: unknown[]): string => sha256(identity).slice(0, 32);
