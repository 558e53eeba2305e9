import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { object, type Payload } from '../../records/read';
import { jsonObject } from '../fields/options';
import { fieldReader } from '../fields/perItem';
import { phoneNumber } from '../fields/phoneNumber';
import { caseIdText, plainText } from '../fields/plainText';
import { FURTHER_FIELDS } from './contactFields';
import { textVariables, variablesReader } from './variables';

/**
 * One element of the vendor's `details[]`: number and variables are seen in production code (client),
 * the others are echoed by the vendor's examples and may be sent (assumed).
 */
export interface ContactDetail {
	callee: string;
	variables: Record<string, string>;
	[field: string]: unknown;
}

/** A contact and the input item it came from. */
export interface UploadContact {
	itemIndex: number;
	detail: ContactDetail;
}

/** Reads the contact that the fields describe for an input item; throws what is wrong with which field. */
export function contactReader(context: IExecuteFunctions): (itemIndex: number) => UploadContact {
	const written = fieldReader(context, 'phoneNumber', '');
	const caseIdOf = fieldReader(context, 'caseId', '');
	const detailsOf = fieldReader(context, 'contactDetails', {});
	const variablesOf = variablesReader(context);
	return (itemIndex) => {
		const caseId = caseIdText(context, caseIdOf(itemIndex), itemIndex);
		const callee = phoneNumber(context, written(itemIndex), 'Phone Number', itemIndex);
		return {
			itemIndex,
			detail: {
				callee,
				variables: variablesOf(itemIndex),
				...(caseId && { case_id: caseId }),
				...furtherDetails(context, object(detailsOf(itemIndex)), itemIndex, callee),
			},
		};
	};
}

/** Further details under the vendor's names: those that are filled in, and no number that `callee` is already. */
export function furtherDetails(
	context: IExecuteFunctions,
	given: Payload,
	itemIndex: number,
	callee: string | null,
): Payload {
	const details: Payload = {};
	for (const { name, displayName, wire } of FURTHER_FIELDS) {
		const value = plainText(context, given[name], displayName, itemIndex);
		if (value !== null) details[wire] = value;
	}
	const more = (plainText(context, given.morePhoneNumbers, 'More Phone Numbers', itemIndex) ?? '')
		.split(',')
		.filter((number) => number.trim())
		.map((number) => phoneNumber(context, number, 'More Phone Numbers', itemIndex))
		.filter((number) => number !== callee);
	const Content = [...new Set(more)].join(',');
	if (Content !== '') details.extra = [{ Question: 'extend_callees', Content }];
	return details;
}

/** The contacts of a fixed list: an array of `{ phoneNumber, caseId?, variables? }`; throws when nobody is in it. */
export function readContactList(context: IExecuteFunctions, itemIndex: number): UploadContact[] {
	const list = z
		.array(z.record(z.string(), z.unknown()))
		.safeParse(context.getNodeParameter('contacts.values', itemIndex, []));
	if (!list.data?.length) {
		throw new NodeOperationError(context.getNode(), "'Contacts' is empty", {
			itemIndex,
			description:
				"Add a contact, or set 'Contacts From' to 'None' for a task that gets its contacts later",
		});
	}
	return list.data.map((entry) => {
		const caseId = caseIdText(context, entry.caseId, itemIndex);
		return {
			itemIndex,
			detail: {
				callee: phoneNumber(context, entry.phoneNumber, 'Phone Number', itemIndex),
				variables: textVariables(
					context,
					jsonObject(context, entry.variables ?? {}, 'Variables', itemIndex),
					itemIndex,
				),
				...(caseId && { case_id: caseId }),
			},
		};
	});
}
