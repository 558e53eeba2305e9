import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

export const limitOf = (context: IExecuteFunctions, itemIndex: number): number =>
	context.getNodeParameter('returnAll', itemIndex)
		? Infinity
		: Number(context.getNodeParameter('limit', itemIndex));
