import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

export const PHONE_NUMBER_RULE =
	'Write it with + and the country code, digits only, such as +12025550123';

/** E.164 with +; spaces, dots, dashes and brackets that people write are taken out. */
export const phoneNumberSchema = z.coerce
	.string()
	.transform((written) => written.replace(/[\s().-]/g, ''))
	.pipe(z.string().regex(/^\+[1-9]\d{6,14}$/));

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
	description: 'Your own key of the contact. It comes back with every outcome.',
};
