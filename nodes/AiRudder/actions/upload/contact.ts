import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { object, objects, text, type Payload } from '../../records/read';
import { maskPhoneNumber } from '../../transport/redact';
import { jsonObject } from '../fields/options';
import { fieldReader } from '../fields/perItem';
import {
	caseIdField,
	phoneNumberField,
	phoneNumberSchema,
	PHONE_NUMBER_RULE,
} from '../fields/phoneNumber';

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

interface FurtherField {
	displayName: string;
	name: string;
	/** The vendor's name for it. */
	wire: string;
	placeholder: string;
	description?: string;
}

/** What else AI Rudder can know of a contact (assumed: echoed in its examples). */
const FURTHER_FIELDS: FurtherField[] = [
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

/** The fields that describe one contact, in Create and in Add. */
export const contactFields: INodeProperties[] = [
	{
		...phoneNumberField,
		required: true,
		description:
			'With + and the country code. Use an expression to take it from the input, such as {{ $json.phone }}.',
	},
	caseIdField,
	{
		displayName: 'Variables From',
		name: 'variablesFrom',
		type: 'options',
		default: 'fields',
		description: 'Where the values come from that the voice bot or message uses',
		options: [
			{
				name: 'Fields Below',
				value: 'fields',
				description: 'Name and value of each variable',
			},
			{
				name: 'Input Columns',
				value: 'input',
				description: 'Every column of the input item becomes the variable of the same name',
			},
			{ name: 'JSON', value: 'json', description: 'An object with one entry a variable' },
		],
	},
	{
		displayName: 'Variables',
		name: 'variables',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Variable',
		default: {},
		displayOptions: { show: { variablesFrom: ['fields'] } },
		description: 'The variables that the workflow template declares',
		options: [
			{
				displayName: 'Variable',
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. amount',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. 120.00',
					},
				],
			},
		],
	},
	{
		displayName: 'Variables (JSON)',
		name: 'variablesJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"amount": "120.00"}',
		displayOptions: { show: { variablesFrom: ['json'] } },
	},
	{
		displayName: 'Columns to Send',
		name: 'variableColumns',
		type: 'string',
		default: '',
		placeholder: 'e.g. amount, due_date',
		displayOptions: { show: { variablesFrom: ['input'] } },
		description:
			'Names separated by commas. Leave empty to send every column that holds text or a number.',
	},
	{
		displayName: 'Contact Details',
		name: 'contactDetails',
		type: 'collection',
		placeholder: 'Add Detail',
		default: {},
		options: [
			...FURTHER_FIELDS.map(
				({ displayName, name, placeholder, description }): INodeProperties => ({
					displayName,
					name,
					type: 'string',
					default: '',
					placeholder,
					...(description && { description }),
				}),
			),
			MORE_NUMBERS,
		].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	},
];

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const variablesSchema = z.record(scalar.nullish().transform((value) => value ?? ''));

/** Reads the contact that the fields describe for an input item; throws what is wrong with which field. */
export function contactReader(context: IExecuteFunctions): (itemIndex: number) => UploadContact {
	const written = fieldReader(context, 'phoneNumber', '');
	const caseIdOf = fieldReader(context, 'caseId', '');
	const detailsOf = fieldReader(context, 'contactDetails', {});
	const variablesOf = variablesReader(context);
	return (itemIndex) => {
		const caseId = String(caseIdOf(itemIndex) ?? '').trim();
		return {
			itemIndex,
			detail: {
				callee: phoneNumber(context, written(itemIndex), 'Phone Number', itemIndex),
				variables: textVariables(context, variablesOf(itemIndex), itemIndex),
				...(caseId && { case_id: caseId }),
				...furtherDetails(context, object(detailsOf(itemIndex)), itemIndex),
			},
		};
	};
}

function furtherDetails(context: IExecuteFunctions, given: Payload, itemIndex: number): Payload {
	const details: Payload = {};
	for (const { name, wire } of FURTHER_FIELDS) {
		const value = text(given[name]);
		if (value !== null) details[wire] = value;
	}
	const more = (text(given.morePhoneNumbers) ?? '')
		.split(',')
		.filter((number) => number.trim())
		.map((number) => phoneNumber(context, number, 'More Phone Numbers', itemIndex));
	if (more.length > 0) details.extra = [{ Question: 'extend_callees', Content: more.join(',') }];
	return details;
}

/** The contacts of a fixed list: an array of `{ phoneNumber, caseId?, variables? }`. */
export function readContactList(context: IExecuteFunctions, itemIndex: number): UploadContact[] {
	const list = z
		.array(z.record(z.unknown()))
		.safeParse(context.getNodeParameter('contacts.values', itemIndex, []));
	return (list.data ?? []).map((entry) => {
		const caseId = String(entry.caseId ?? '').trim();
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

export function phoneNumber(
	context: IExecuteFunctions,
	written: unknown,
	displayName: string,
	itemIndex: number,
): string {
	const parsed = phoneNumberSchema.safeParse(written ?? '');
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

function variablesReader(context: IExecuteFunctions): (itemIndex: number) => Payload {
	const from = context.getNodeParameter('variablesFrom', 0);
	if (from === 'input') return inputColumnsReader(context);
	if (from === 'json') {
		const json = fieldReader(context, 'variablesJson', '{}');
		return (itemIndex) => jsonObject(context, json(itemIndex), 'Variables (JSON)', itemIndex);
	}
	const pairsOf = fieldReader(context, 'variables.values', []);
	return (itemIndex) => {
		const pairs = objects(pairsOf(itemIndex)).map(({ name, value }): [string, unknown] => [
			String(name ?? '').trim(),
			value,
		]);
		return Object.fromEntries(pairs.filter(([name]) => name));
	};
}

/** Columns that hold text, a number or yes/no; nested ones are not for a voice bot to say. */
function inputColumnsReader(context: IExecuteFunctions): (itemIndex: number) => Payload {
	const items = context.getInputData();
	const namesOf = fieldReader(context, 'variableColumns', '');
	return (itemIndex) => {
		const { json } = items[itemIndex];
		const named = String(namesOf(itemIndex) ?? '')
			.split(',')
			.map((name) => name.trim())
			.filter(Boolean);
		const missing = named.find((name) => !(name in json));
		if (missing) {
			throw new NodeOperationError(context.getNode(), `The input has no column '${missing}'`, {
				itemIndex,
				description:
					"Correct the names under 'Columns to Send', or leave it empty to send every column",
			});
		}
		const columns = named.length > 0 ? named : Object.keys(json);
		const spoken = columns.filter((name) => json[name] !== null && typeof json[name] !== 'object');
		return Object.fromEntries(spoken.map((name) => [name, json[name]]));
	};
}

function textVariables(
	context: IExecuteFunctions,
	variables: Payload,
	itemIndex: number,
): Record<string, string> {
	const parsed = variablesSchema.safeParse(variables);
	if (parsed.success) return parsed.data;
	throw new NodeOperationError(
		context.getNode(),
		`The variable '${parsed.error.issues[0].path.join('.')}' is not text or a number`,
		{
			itemIndex,
			description: 'AI Rudder takes plain text for a variable: pick one value out of it',
		},
	);
}
