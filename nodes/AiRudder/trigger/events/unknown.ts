import { z } from 'zod';
import type { WebhookEvent } from './event';

/** Whatever no other event recognises: it must not vanish. */
export const unknown: WebhookEvent = {
	option: {
		name: 'Unknown',
		value: 'unknown',
		description: 'Anything else that reaches the URL, handed on as it came',
	},
	recognises: () => true,
	schema: () => z.unknown(),
	signature: 'none',
	entries: (payload) => [payload],
	identity: (payload) => [payload],
	toRecord: (payload) => ({ payload }),
};
