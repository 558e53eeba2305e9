import { z } from 'zod';
import { dialerTaskRecord } from '../../records/dialer';
import { isPayload } from '../../records/read';
import { lazy } from '../../lazy';
import { fromBody, isDialerNotice, taskFields } from './dialer';
import type { WebhookEvent } from './event';

/** A task of the predictive dialler has another state (client). */
export const dialerTaskStatus: WebhookEvent = {
	option: {
		name: 'Predictive Dialer Task Status Changed',
		value: 'dialerTaskStatus',
		action: 'On predictive dialer task status changed',
		description: 'A task of the predictive dialer was started, paused, cancelled or finished',
	},
	selectedBy: ['dialerTaskStatus'],
	recognises: isDialerNotice('TaskStatus'),
	schema: lazy(() => z.object({ body: z.object({ ...taskFields(), state: z.string() }) })),
	signature: 'none',
	identity: (payload) => ['dialerTaskStatus', payload],
	subject: ({ body }) => ['dialerTaskStatus', isPayload(body) ? body.taskId : null],
	toRecord: fromBody(dialerTaskRecord),
};
