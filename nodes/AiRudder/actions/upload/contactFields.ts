import type { INodeProperties } from 'n8n-workflow';
import { alphabetical } from '../../alphabetical';
import { phoneNumberField, uploadedCaseIdField } from '../fields/phoneNumber';
import { variablesFields } from './variables';

interface FurtherField {
	displayName: string;
	name: string;
	/** The vendor's name for it. */
	wire: string;
	placeholder: string;
}

/** What else AI Rudder can know of a contact (assumed: echoed in its examples). */
export const FURTHER_FIELDS: FurtherField[] = [
	{
		displayName: 'Borrowed Amount',
		name: 'borrowedAmount',
		wire: 'borrowed_amount',
		placeholder: 'e.g. 20000.00',
	},
	{
		displayName: 'Borrowed Date',
		name: 'borrowedDate',
		wire: 'borrowed_date',
		placeholder: 'e.g. 2026-02-01',
	},
	{
		displayName: 'Comments',
		name: 'comments',
		wire: 'comments',
		placeholder: 'e.g. Prefers mornings',
	},
	{ displayName: 'Currency', name: 'currencyUnit', wire: 'currency_unit', placeholder: 'e.g. USD' },
	{ displayName: 'Due Date', name: 'dueDate', wire: 'due_date', placeholder: 'e.g. 2026-03-02' },
	{ displayName: 'Extra A', name: 'extraA', wire: 'extra_a', placeholder: 'e.g. Branch 12' },
	{ displayName: 'Extra B', name: 'extraB', wire: 'extra_b', placeholder: 'e.g. Gold' },
	{ displayName: 'Extra C', name: 'extraC', wire: 'extra_c', placeholder: 'e.g. Web' },
	{ displayName: 'Gender', name: 'gender', wire: 'callee_gender', placeholder: 'e.g. female' },
	{ displayName: 'Name', name: 'contactName', wire: 'callee_name', placeholder: 'e.g. Will Smith' },
	{
		displayName: 'Platform Name',
		name: 'platformName',
		wire: 'platform_name',
		placeholder: 'e.g. Example Bank',
	},
	{
		displayName: 'Total Owing Amount',
		name: 'totalOwingAmount',
		wire: 'total_owing_amount',
		placeholder: 'e.g. 20310.00',
	},
];

const MORE_NUMBERS: INodeProperties = {
	displayName: 'More Phone Numbers',
	name: 'morePhoneNumbers',
	type: 'string',
	default: '',
	placeholder: 'e.g. +12025550124, +12025550125',
	description: 'Further numbers of the same contact, separated by commas',
};

export const contactDetailsField: INodeProperties = {
	displayName: 'Contact Details',
	name: 'contactDetails',
	type: 'collection',
	placeholder: 'Add Detail',
	default: {},
	description:
		"More about the contact. AI Rudder's notices carry these; that it takes them under these names is assumed.",
	options: [
		...FURTHER_FIELDS.map(
			({ displayName, name, placeholder }): INodeProperties => ({
				displayName,
				name,
				type: 'string',
				default: '',
				placeholder,
			}),
		),
		MORE_NUMBERS,
	].sort((a, b) => alphabetical(a.displayName, b.displayName)),
};

/** The fields that describe one contact, in Create and in Add. */
export const contactFields: INodeProperties[] = [
	{
		...phoneNumberField,
		required: true,
		hint: 'Enter a number, or drag the column with the numbers here from the input',
	},
	uploadedCaseIdField,
	...variablesFields,
	contactDetailsField,
];
