import { callNotice, isCallNotice } from './calls';
import type { WebhookEvent } from './event';

/**
 * Calls of a collection, marketing or e-commerce task have ended (documented): one entry a number and
 * round, once it was answered or its redials are used up; several entries in one notice.
 */
export const callCompletion: WebhookEvent = {
	...callNotice,
	option: {
		name: 'Call Completion',
		value: 'callCompletion',
		action: 'On call completion',
		description: 'A call was answered, or all its redials are used up',
	},
	provenance: 'documented',
	recognises: isCallNotice,
};
