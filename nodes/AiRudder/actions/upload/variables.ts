import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { lazy } from '../../lazy';
import { objects, type Payload } from '../../records/read';
import { quotableEntry } from '../../transport/redact';
import { jsonObject } from '../fields/options';
import { fieldReader } from '../fields/perItem';
import { shownText } from '../fields/plainText';
import { isTool } from '../isTool';

/** Where a contact's variables come from. */
export const variablesFields: INodeProperties[] = [
	{
		displayName: 'Variables From',
		name: 'variablesFrom',
		type: 'options',
		default: 'fields',
		description: 'Source of the values that the voice bot or message uses',
		options: [
			{
				name: 'Fields Below',
				value: 'fields',
				description: 'Name and value of each variable',
			},
			{
				name: 'Input Columns',
				value: 'input',
				description: 'Columns of the input become the variables of the same names',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'Names and values of all variables as one JSON object',
			},
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
		description: 'Names separated by commas',
		hint: 'When this is empty, AI Rudder gets every column that holds text, a number or yes/no. In the tool of an AI agent it may not be empty.',
	},
];

const variablesSchema = lazy(() => {
	const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
	return z.record(
		z.string(),
		z.preprocess(shownText, scalar.nullish()).transform((value) => value ?? ''),
	);
});

/** Reads the variables of an input item as text; throws which one cannot be text. */
export function variablesReader(
	context: IExecuteFunctions,
): (itemIndex: number) => Record<string, string> {
	const variablesOf = rawVariablesReader(context);
	return (itemIndex) => textVariables(context, variablesOf(itemIndex), itemIndex);
}

function rawVariablesReader(context: IExecuteFunctions): (itemIndex: number) => Payload {
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

/** Columns that hold text, a number or yes/no; nested ones, unless named, are not for a voice bot to say. */
function inputColumnsReader(context: IExecuteFunctions): (itemIndex: number) => Payload {
	const items = context.getInputData();
	const namesOf = fieldReader(context, 'variableColumns', '');
	// Of an empty cell n8n's spreadsheet nodes leave out the column.
	const columnsOfAll = lazy(() => new Set(items.flatMap(({ json }) => Object.keys(json))));
	return (itemIndex) => {
		const { json } = items[itemIndex];
		const named = String(namesOf(itemIndex) ?? '')
			.split(',')
			.map((name) => name.trim())
			.filter(Boolean);
		const missing = named.find((name) => !columnsOfAll().has(name));
		if (missing) {
			const name = quotableEntry(missing);
			throw new NodeOperationError(context.getNode(), `The input has no column '${name}'`, {
				itemIndex,
				description:
					"Type the columns' names under 'Columns to Send' (a column that is dragged there gives its value), or leave it empty to send every column",
			});
		}
		const all = named.length === 0;
		if (all && isTool(context)) throw unnamedColumns(context, itemIndex);
		const columns = all ? Object.keys(json) : named;
		const values = columns.map((name): [string, unknown] => [name, shownText(json[name])]);
		const given = values.filter(([, value]) => value !== null && value !== undefined);
		return Object.fromEntries(all ? given.filter(([, value]) => typeof value !== 'object') : given);
	};
}

/** Beside the agent's input n8n puts the chat there, and IDs of its own. */
const unnamedColumns = (context: IExecuteFunctions, itemIndex: number) =>
	new NodeOperationError(
		context.getNode(),
		"'Columns to Send' is empty, and as the tool of an AI agent this node is also given the chat and n8n's own IDs",
		{
			itemIndex,
			description:
				"Name the columns, or choose 'Fields Below' and have the model define the values",
		},
	);

export function textVariables(
	context: IExecuteFunctions,
	variables: Payload,
	itemIndex: number,
): Record<string, string> {
	const parsed = variablesSchema().safeParse(variables);
	if (parsed.success) return parsed.data;
	const name = quotableEntry(parsed.error.issues[0].path.join('.'));
	throw new NodeOperationError(
		context.getNode(),
		`The variable '${name}' is not text or a number`,
		{
			itemIndex,
			description: 'AI Rudder takes plain text for a variable: pick one value from it',
		},
	);
}
