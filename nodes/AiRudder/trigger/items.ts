import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Payload } from '../records/read';
import type { WebhookEvent } from './events/event';

/** The same for every repeat of an entry, so that a flow can remove what comes twice. */
export function eventId(event: WebhookEvent, payload: Payload, entry: Payload): string {
	const identity = JSON.stringify(event.identity(payload, entry));
	const digest = createHash('sha256').update(identity).digest('hex').slice(0, 32);
	return `${event.option.value}:${digest}`;
}

/** One item an entry in our shape. */
export function simplifiedItems(
	event: WebhookEvent,
	payload: Payload,
	receivedAt: string,
): INodeExecutionData[] {
	return event.entries(payload).map((entry) => ({
		json: {
			event: event.option.value,
			eventId: eventId(event, payload, entry),
			receivedAt,
			...event.toRecord(payload, entry),
		} as IDataObject,
	}));
}

/** One item a notice, with the vendor's payload as it came. */
export function rawItem(
	event: WebhookEvent,
	payload: Payload,
	receivedAt: string,
): INodeExecutionData {
	const ids = event.entries(payload).map((entry) => eventId(event, payload, entry));
	const id =
		ids.length === 1 ? ids[0] : eventId({ ...event, identity: () => ids }, payload, payload);
	return {
		json: { event: event.option.value, eventId: id, receivedAt, payload } as IDataObject,
	};
}
