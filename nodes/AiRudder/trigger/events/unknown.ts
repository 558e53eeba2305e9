import type { WebhookEvent } from './event';

/** Whatever no other event recognises: it must not vanish. */
export const unknown: WebhookEvent = {
	option: {
		name: 'Other Notice',
		value: 'unknown',
		action: 'On other notice',
		description: 'Anything else that reaches the URL, handed on as it came',
	},
	recognises: () => true,
	schema: {},
	signature: 'none',
	identity: (_, entry) => ['unknown', entry],
	toRecord: (_, entry) => ({ payload: entry }),
};
