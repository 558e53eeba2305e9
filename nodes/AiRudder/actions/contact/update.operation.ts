import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { z } from 'zod';
import { contactWireNames } from '../../records/contact';
import { isPayload, object, objects, read, text, type Payload } from '../../records/read';
import { quotable } from '../../transport/redact';
import { contactKeyFields, readContactKey } from '../fields/contactKey';
import { readId, workflowTaskField } from '../fields/locators';
import { commonOptions, jsonObject, optionsField } from '../fields/options';
import { simplifyField } from '../fields/simplify';
import type { ItemOperation } from '../operation';
import { contactFields, phoneNumber } from '../upload/contact';

/** As in an upload. */
const changeFields: INodeProperties[] = contactFields.filter(({ name }) =>
	['variables', 'variablesJson', 'contactDetails'].includes(name),
);

const variablesFrom: INodeProperties = {
	displayName: 'Variables From',
	name: 'variablesFrom',
	type: 'options',
	default: 'fields',
	description:
		'Where the new values come from. Variables that are not given stay out of the request.',
	options: [
		{ name: 'Fields Below', value: 'fields', description: 'Name and value of each variable' },
		{ name: 'JSON', value: 'json', description: 'An object with one entry a variable' },
	],
};

export const update: ItemOperation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact in workflow task',
		description:
			'Change variables and details of a contact that is already in a task. Adds nobody, but changes what the person is told; do not repeat it blindly.',
	},
	fields: [
		workflowTaskField,
		...contactKeyFields,
		variablesFrom,
		...changeFields,
		simplifyField,
		optionsField(),
	],
	// Two changes to one contact have to arrive in the order of the input.
	sequential: true,

	async execute(client, itemIndex) {
		const workflowId = readId(this, 'workflowId', 'Workflow Task', itemIndex);
		const { parameters: key, ...contact } = readContactKey(this, itemIndex);
		const details = [{ ...key, ...readChanges(this, itemIndex) }];
		const { additionalParameters, send } = commonOptions(this, itemIndex);
		const { data, response } = await client.call(
			'contact:update',
			{ workflow_id: workflowId, details, ...additionalParameters },
			z.unknown(),
			send,
		);
		throwIfRejected(this, data);
		const simplify = this.getNodeParameter('simplify', itemIndex) === true;
		return [{ json: simplify ? { workflowId, ...contact, updated: true } : { response } }];
	},
};

/** What shall be different; throws when nothing is. */
function readChanges(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const variables = readVariables(context, itemIndex);
	const given = object(context.getNodeParameter('contactDetails', itemIndex, {}));
	const details: IDataObject = {};
	for (const [name, wireName] of contactWireNames) {
		const value = text(given[name === 'name' ? 'contactName' : name]);
		if (value !== null) details[wireName] = value;
	}
	const more = (text(given.morePhoneNumbers) ?? '')
		.split(',')
		.filter((number) => number.trim())
		.map((number) => phoneNumber(context, number, 'More Phone Numbers', itemIndex));
	if (more.length > 0) details.extra = [{ Question: 'extend_callees', Content: more.join(',') }];
	if (Object.keys(variables).length > 0) return { variables, ...details };
	if (Object.keys(details).length > 0) return details;
	throw new NodeOperationError(context.getNode(), 'There is nothing to change', {
		itemIndex,
		description: "Enter a new value under 'Variables' or 'Contact Details'",
	});
}

function readVariables(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const given =
		context.getNodeParameter('variablesFrom', itemIndex) === 'json'
			? jsonObject(
					context,
					context.getNodeParameter('variablesJson', itemIndex),
					'Variables (JSON)',
					itemIndex,
				)
			: namedValues(context.getNodeParameter('variables.values', itemIndex, []));
	const variables: IDataObject = {};
	for (const [name, value] of Object.entries(given)) {
		if (typeof value === 'object' && value !== null) {
			throw new NodeOperationError(
				context.getNode(),
				`The variable '${name}' is not text or a number`,
				{
					itemIndex,
					description: 'AI Rudder takes plain text for a variable: pick one value out of it',
				},
			);
		}
		variables[name] = text(value) ?? '';
	}
	return variables;
}

function namedValues(pairs: unknown): Payload {
	const named = objects(pairs).map(({ name, value }) => [text(name)?.trim() ?? '', value]);
	return Object.fromEntries(named.filter(([name]) => name !== ''));
}

/** `detail_error_list[]` names what was not taken, as in an upload (assumed). */
function throwIfRejected(context: IExecuteFunctions, data: unknown): void {
	const [rejection] = isPayload(data) ? objects(data.detail_error_list) : [];
	if (!rejection) return;
	const reason = text(read(rejection, ['message', 'msg', 'reason', 'error', 'error_msg']));
	throw new NodeApiError(
		context.getNode(),
		{},
		{
			message: `AI Rudder did not change the contact${reason ? `: ${quotable(reason)}` : ''}`,
			description: "Check with 'Workflow Task: Find' that the contact is in this task",
		},
	);
}
