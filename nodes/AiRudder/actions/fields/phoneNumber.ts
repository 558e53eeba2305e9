import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { lazy } from '../../lazy';
import { maskPhoneNumber } from '../../transport/redact';

const PHONE_NUMBER_RULE =
	'Write it with + and the country code, such as +12025550123, and without (0): as it is dialled from abroad. To take it from the input, drag its column into the field.';

/**
 * Not all of its digits are to be dialled: in most countries `(0)` is left out from abroad, and `.0` at
 * the end comes of a table that took the number for an amount.
 */
const MISLEADING = /\(\s*0\s*\)|^[^.]*\.0{1,3}\s*$/;

/** E.164 with +; marks nobody sees that copying brings are taken out first, then spaces, dots, dashes and brackets that people write. */
const phoneNumberSchema = lazy(() =>
	z.coerce
		.string()
		.transform((written) => written.replace(/\p{Cf}/gu, ''))
		.refine((written) => !MISLEADING.test(written))
		.transform((written) => written.replace(/[\s().\p{Pd}]/gu, ''))
		.pipe(z.string().regex(/^\+[1-9]\d{6,14}$/)),
);

export const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. +12025550123',
	description: 'With + and the country code',
};

export const caseIdField: INodeProperties = {
	displayName: 'Case ID',
	name: 'caseId',
	type: 'string',
	default: '',
	placeholder: 'e.g. LOAN-2024-0117',
	description: 'Your own ID for the contact, such as a loan or order number',
};

/** Of a contact that goes up: the notices carry `CaseID`; that `case_id` is taken is assumed. */
export const uploadedCaseIdField: INodeProperties = {
	...caseIdField,
	description:
		"Your own ID for the contact, such as a loan or order number. AI Rudder's notices carry one; that it is taken under this name (case_id) is assumed.",
};

/** A phone number as AI Rudder takes it; throws which field holds none. */
export function phoneNumber(
	context: IExecuteFunctions,
	written: unknown,
	displayName: string,
	itemIndex: number,
): string {
	const parsed = phoneNumberSchema().safeParse(written ?? '');
	if (parsed.success) return parsed.data;
	const shown = String(written ?? '').trim();
	const ending = /\d{3}$/.test(shown) ? ` (it ends in ${maskPhoneNumber(shown)})` : '';
	throw new NodeOperationError(
		context.getNode(),
		shown
			? `'${displayName}' is not a complete phone number${ending}`
			: `'${displayName}' is empty`,
		{ itemIndex, description: PHONE_NUMBER_RULE },
	);
}
