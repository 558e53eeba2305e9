import { dialerContactRecord } from '../../records/dialer';
import { contactFields, fromBody, isDialerNotice, momentOf } from './dialer';
import type { WebhookEvent } from './event';
import { needed, record, text } from './fields';

/** A contact of the predictive dialler is called, answers, hangs up (client). */
export const dialerContactStatus: WebhookEvent = {
	option: {
		name: 'Predictive Dialer Contact Status Changed',
		value: 'dialerContactStatus',
		action: 'On predictive dialer contact status changed',
		description: 'A contact of the predictive dialer is called, answers or hangs up',
	},
	provenance: 'client',
	recognises: isDialerNotice('ContactStatus'),
	schema: { body: needed(record({ ...contactFields, state: needed(text) })) },
	signature: 'none',
	identity: momentOf,
	toRecord: fromBody(dialerContactRecord),
};
