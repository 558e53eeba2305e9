import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { alphabetical } from '../../alphabetical';
import { parseJson } from '../../records/json';
import { isPayload } from '../../records/read';
import type { SendOptions } from '../../transport/client';
import {
	documentationName,
	documentationUrl,
	endpoint,
	type EndpointName,
} from '../../transport/endpoints';

const COMMON: INodeProperties[] = [
	{
		displayName: 'Additional Parameters',
		name: 'additionalParameters',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"name": "value"}',
		description:
			"More parameters for AI Rudder, as JSON. One with the same name takes the place of this node's own.",
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 120,
		description: 'How long to wait for a complete answer from AI Rudder',
	},
];

/** Node.js lets a longer timer end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The collection at the end of every operation; `own` are the operation's own options. */
export const optionsField = (own: INodeProperties[] = []): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...own, ...COMMON].sort((a, b) => alphabetical(a.displayName, b.displayName)),
});

/** The options with a link to AI Rudder's page, which names the parameters there are. */
export function withPage(field: INodeProperties, name: EndpointName): INodeProperties {
	const known = endpoint(name);
	const link = `<a href="${documentationUrl(known)}" target="_blank">${documentationName(known)}</a>`;
	return withOption(field, 'additionalParameters', ({ description }) => ({
		description: `${description} They are named on ${link}.`,
	}));
}

/** The options with the wait that there is without them: to add one must not shorten it. */
export function withTimeout(field: INodeProperties, name: EndpointName): INodeProperties {
	return withOption(field, 'timeoutSeconds', () => ({ default: endpoint(name).timeoutMs / 1000 }));
}

function withOption(
	field: INodeProperties,
	name: string,
	changes: (option: INodeProperties) => Partial<INodeProperties>,
): INodeProperties {
	if (field.name !== 'options') return field;
	const options = field.options?.map((option) =>
		option.name === name && 'type' in option ? { ...option, ...changes(option) } : option,
	);
	return { ...field, options };
}

export interface CommonOptions {
	additionalParameters: IDataObject;
	send: SendOptions;
}

/** What every operation reads from its options. */
export function commonOptions(context: IExecuteFunctions, itemIndex: number): CommonOptions {
	const options = context.getNodeParameter('options', itemIndex, {});
	// Node.js takes no part of a millisecond, which some parts of a second come to.
	const timeoutMs = Math.min(Math.ceil(Number(options.timeoutSeconds) * 1000), LONGEST_TIMER_MS);
	return {
		additionalParameters: jsonObject(
			context,
			options.additionalParameters ?? {},
			'Additional Parameters',
			itemIndex,
		),
		send: timeoutMs > 0 ? { timeoutMs } : {},
	};
}

/** A JSON field's value, typed in as text or given as an object by an expression. */
export function jsonObject(
	context: IExecuteFunctions,
	value: unknown,
	displayName: string,
	itemIndex: number,
): IDataObject {
	const parsed: unknown = typeof value === 'string' ? parseJson(value.trim() || '{}') : value;
	if (isPayload(parsed)) return parsed as IDataObject;
	throw new NodeOperationError(context.getNode(), `'${displayName}' is not a JSON object`, {
		itemIndex,
		description: 'Enter something like {"name": "value"}, or an expression that gives an object',
	});
}
