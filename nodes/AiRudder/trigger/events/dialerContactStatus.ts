import { z } from 'zod';
import { dialerContactRecord } from '../../records/dialer';
import { lazy } from '../../lazy';
import { contactFields, fromBody, isDialerNotice, momentOf } from './dialer';
import type { WebhookEvent } from './event';

/** A contact of the predictive dialler is called, answers, hangs up (client). */
export const dialerContactStatus: WebhookEvent = {
	option: {
		name: 'Predictive Dialer Contact Status Changed',
		value: 'dialerContactStatus',
		action: 'On predictive dialer contact status changed',
		description: 'A contact of the predictive dialer is called, answers or hangs up',
	},
	selectedBy: ['dialerContactStatus'],
	recognises: isDialerNotice('ContactStatus'),
	schema: lazy(() => z.object({ body: z.object({ ...contactFields(), state: z.string() }) })),
	signature: 'none',
	identity: momentOf,
	toRecord: fromBody(dialerContactRecord),
};
