/** Predictive Dialer Contact Status (C). */
import { text } from '../rows.cts';
import { contactOf, type Body, type EventDefinition, type Scene } from './event.cts';
import { dialerHead } from './dialerTaskStatus.cts';

/** The vendor's reason codes (C): 2 normal, 3 busy, 12 talked. */
const reason = ({ state, answered }: Scene): number =>
	state !== 'HANGUP' && state !== 'TALKRESULT' ? 0 : answered ? 12 : 3;

/** Everything but the state, which two events spell differently. */
export function dialerContact(scene: Scene): Body {
	const contact = contactOf(scene);
	return {
		phoneNumber: contact.callee,
		callid: scene.callId ?? '',
		mainNumber: contact.callee,
		phoneTag: '',
		nthCall: 1,
		hangupReason: reason(scene),
		contactName: text(contact, 'callee_name'),
		customerInfo: contact.variables,
		privateData: contact.caseId,
		info1: '',
		info2: '',
		info3: '',
		remark: '',
		timestamp: Date.now(),
	};
}

export const dialerContactStatus: EventDefinition = {
	mark: 'C',
	signature: 'none',
	build: (scene) => ({
		type: 'ContactStatus',
		body: { ...dialerHead(scene), state: scene.state ?? 'HANGUP', ...dialerContact(scene) },
	}),
};
