import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { phoneNumber, caseIdField, phoneNumberField } from './phoneNumber';
import { caseIdText } from './plainText';

/** Which contact is meant: by number, by case ID, or by both. */
export const contactKeyFields: INodeProperties[] = [
	phoneNumberField,
	{
		...caseIdField,
		description: 'Your own ID for the contact, as it was uploaded',
		hint: 'Enter a phone number, a case ID, or both',
	},
];

interface ContactKey {
	/** In the vendor's names, as most operations spell them. */
	parameters: IDataObject;
	phoneNumber: string | null;
	caseId: string | null;
}

/** Throws when both fields are empty. */
export function readContactKey(context: IExecuteFunctions, itemIndex: number): ContactKey {
	const written = String(context.getNodeParameter('phoneNumber', itemIndex) ?? '').trim();
	const caseId = caseIdText(context, context.getNodeParameter('caseId', itemIndex), itemIndex);
	const callee = written ? phoneNumber(context, written, 'Phone Number', itemIndex) : '';
	if (callee || caseId) {
		return {
			parameters: { ...(callee && { callee }), ...(caseId && { case_id: caseId }) },
			phoneNumber: callee || null,
			caseId: caseId || null,
		};
	}
	throw new NodeOperationError(context.getNode(), "'Phone Number' and 'Case ID' are both empty", {
		itemIndex,
		description: 'Enter at least one of them',
	});
}
