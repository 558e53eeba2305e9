import { dialerAgentRecord } from '../../records/dialer';
import { contactFields, fromBody, isDialerNotice, momentOf } from './dialer';
import type { WebhookEvent } from './event';
import { needed, record, text } from './fields';

/** A call of the predictive dialler, from the side of the agent who talks (client). */
export const dialerAgentStatus: WebhookEvent = {
	option: {
		name: 'Predictive Dialer Agent Status Changed',
		value: 'dialerAgentStatus',
		action: 'On predictive dialer agent status changed',
		description: 'A call of the predictive dialer reached an agent or got a result',
	},
	provenance: 'client',
	recognises: isDialerNotice('AgentStatus'),
	schema: {
		body: needed(
			record({
				...contactFields,
				State: needed(text),
				agentName: text,
				customizeResults: record(),
				talkremarks: text,
				recLink: text,
			}),
		),
	},
	signature: 'none',
	identity: momentOf,
	toRecord: fromBody(dialerAgentRecord),
};
