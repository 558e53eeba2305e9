import { callRecord } from './call';
import { CONTACT_FIELDS, CONTACT_SPELLINGS, contactRecord } from './contact';
import { isPayload, object, read, text, type Payload } from './read';

const KNOWN = new Set([
	...['workflow_id', 'workflow_name', 'node_id', 'node_name'],
	...['callee', 'custom_attribute', 'call'],
]);

const BLOCKS = new Set(['callee', 'custom_attribute', 'call']);

const isBlock = (value: unknown) => isPayload(value) || value === null || value === '';

const KNOWN_OF_CONTACT = new Set([
	...CONTACT_SPELLINGS,
	...['case_id', 'callee_number', 'extra', 'extend'],
]);

/**
 * A contact that reached a custom API node: what a push holds, and what Verify Push answers
 * (documented, with a complete example).
 */
export function apiNodePushRecord(payload: Payload): Payload {
	const contact = object(payload.callee);
	const { extend } = contact;
	const others = Object.entries(payload).filter(
		([key, value]) => !KNOWN.has(key) || (BLOCKS.has(key) && !isBlock(value)),
	);
	const otherContactFields = Object.entries(contact).filter(([key]) => !KNOWN_OF_CONTACT.has(key));
	const call = object(payload.call);
	const phoneNumber = text(read(contact, ['callee_number']));
	const caseId = text(read(contact, ['case_id']));
	return {
		workflowId: text(payload.workflow_id),
		workflowName: text(payload.workflow_name),
		nodeId: text(payload.node_id),
		nodeName: text(payload.node_name),
		phoneNumber,
		caseId,
		contact: {
			...contactRecord((name) => read(contact, CONTACT_FIELDS[name])),
			extra: contact.extra ?? null,
			extend: extend ?? null,
			otherFields: Object.fromEntries(otherContactFields),
		},
		variables: object(object(extend).variables),
		customAttributes: object(payload.custom_attribute),
		call: callRecord(call, { ...payload, callee: phoneNumber, case_id: caseId }),
		otherFields: Object.fromEntries(others),
	};
}
