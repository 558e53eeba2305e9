import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Payload } from '../../records/read';
import type { Pages } from '../../transport/pages';
import type { Result } from '../operation';

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** For an operation whose own output is short, where the field stands among the options. */
export const simplifiedInOptions = (context: IExecuteFunctions, itemIndex: number): boolean =>
	context.getNodeParameter('options.simplify', itemIndex, true) === true;

/** One item a row in our shape, or, with Simplify off, one item an answer as AI Rudder gave it. */
export const rowsToItems = (
	{ rows, responses }: Pages,
	simplify: boolean,
	toRecord: (row: Payload) => Payload,
): Result[] =>
	simplify
		? rows.map((row) => ({ json: toRecord(row) }))
		: responses.map((response) => ({ json: { response } }));
