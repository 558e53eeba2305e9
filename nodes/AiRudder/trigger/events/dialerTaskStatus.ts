import { dialerTaskRecord } from '../../records/dialer';
import { isPayload } from '../../records/read';
import { fromBody, isDialerNotice, taskFields } from './dialer';
import type { WebhookEvent } from './event';
import { needed, record, text } from './fields';

/** A task of the predictive dialler has another state (client). */
export const dialerTaskStatus: WebhookEvent = {
	option: {
		name: 'Predictive Dialer Task Status Changed',
		value: 'dialerTaskStatus',
		action: 'On predictive dialer task status changed',
		description: 'A task of the predictive dialer was started, paused, cancelled or finished',
	},
	provenance: 'client',
	recognises: isDialerNotice('TaskStatus'),
	schema: { body: needed(record({ ...taskFields, state: needed(text) })) },
	signature: 'none',
	identity: (payload) => ['dialerTaskStatus', payload],
	subject: ({ body }) => ['dialerTaskStatus', isPayload(body) ? body.taskId : null],
	toRecord: fromBody(dialerTaskRecord),
};
