import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

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

/** Throws where an expression gives no limit: an empty list would pass for 'nothing there'. */
export function limitOf(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex)) return Infinity;
	const limit = Number(context.getNodeParameter('limit', itemIndex));
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw new NodeOperationError(context.getNode(), "'Limit' is not a whole number above 0", {
		itemIndex,
		description: "Enter one, such as 50, or turn on 'Return All'",
	});
}
