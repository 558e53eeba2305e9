import { z } from 'zod';
import { lazy } from '../lazy';
import { callRecord } from './call';
import { CONTACT_FIELDS } from './contact';
import { AS_IT_IS, AS_OBJECT, AS_TEXT, readFields, type FieldTable } from './fields';
import { object, text, type Payload } from './read';

const FIELDS: FieldTable = {
	workflowId: { from: ['workflow_id'], as: AS_TEXT },
	workflowName: { from: ['workflow_name'], as: AS_TEXT },
	nodeId: { from: ['node_id'], as: AS_TEXT },
	nodeName: { from: ['node_name'], as: AS_TEXT },
	callee: { from: ['callee'], as: AS_OBJECT },
	customAttributes: { from: ['custom_attribute'], as: AS_OBJECT },
	call: { from: ['call'], as: AS_OBJECT },
};

const OF_CONTACT: FieldTable = {
	phoneNumber: { from: ['callee_number'], as: AS_TEXT },
	caseId: { from: ['case_id'], as: AS_TEXT },
	...Object.fromEntries(
		Object.entries(CONTACT_FIELDS).map(([name, from]) => [name, { from, as: AS_TEXT }]),
	),
	extra: { from: ['extra'], as: AS_IT_IS },
	extend: { from: ['extend'], as: AS_IT_IS },
};

/** What Verify Push answers. A record of empty texts is none. */
export const recordOfPush = lazy(() =>
	z
		.object({
			callee: z
				.record(z.string(), z.unknown())
				.refine(({ callee_number }) => text(callee_number) !== null),
		})
		.passthrough(),
);

/**
 * A contact that reached a custom API node: what a push holds, and what Verify Push answers
 * (documented, with a complete example).
 */
export function apiNodePushRecord(payload: Payload): Payload {
	const { fields, others } = readFields(payload, FIELDS);
	const { callee, customAttributes, call, ...ids } = fields;
	const inContact = readFields(object(callee), OF_CONTACT);
	const { phoneNumber, caseId, ...contact } = inContact.fields;
	return {
		...ids,
		phoneNumber,
		caseId,
		contact: { ...contact, otherFields: inContact.others },
		variables: object(object(contact.extend).variables),
		customAttributes,
		call: callRecord(object(call), { ...payload, callee: phoneNumber, case_id: caseId }),
		otherFields: others,
	};
}
