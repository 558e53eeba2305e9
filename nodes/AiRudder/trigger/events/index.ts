import type { Payload } from '../../records/read';
import { callCompletion } from './callCompletion';
import type { WebhookEvent } from './event';
import { unknown } from './unknown';

/** In the order in which they are tried; the first that recognises a payload has it. */
export const EVENTS: WebhookEvent[] = [callCompletion, unknown];

export const recognise = (payload: Payload): WebhookEvent =>
	EVENTS.find((event) => event.recognises(payload)) ?? unknown;
