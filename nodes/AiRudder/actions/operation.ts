import type {
	IBinaryKeyData,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Payload } from '../records/read';
import type { AiRudderClient } from '../transport/client';
import { ENDPOINT_NAMES } from '../transport/endpoints';
import { assumedNotice } from './fields/assumedNotice';
import { withPage, withTimeout } from './fields/options';
import { shownWith } from './fields/shownWith';

interface OperationBase {
	/** How the operation stands in the editor's list. */
	option: INodePropertyOptions;
	/** Its fields; when they are shown is set by {@link resource}. */
	fields: INodeProperties[];
}

/** What becomes one output item, paired with its input item by the router. */
export interface Result {
	json: Payload;
	binary?: IBinaryKeyData;
}

/** Runs once for each input item; several items may be under way at a time. */
export interface ItemOperation extends OperationBase {
	/** One item after the other, in the order of the input. */
	sequential?: true;
	execute: (
		this: IExecuteFunctions,
		client: AiRudderClient,
		itemIndex: number,
	) => Promise<Result[]>;
}

/** Runs once for all input items together, and pairs its output with them by itself. */
export interface BatchOperation extends OperationBase {
	executeAll: (this: IExecuteFunctions, client: AiRudderClient) => Promise<INodeExecutionData[]>;
}

export type Operation = ItemOperation | BatchOperation;

export interface Resource {
	option: INodePropertyOptions;
	operations: Operation[];
	/** What the editor shows for this resource. */
	properties: INodeProperties[];
}

/** A resource of the node from its operations, in the editor's order. */
export function resource(option: INodePropertyOptions, operations: Operation[]): Resource {
	const firstOperation = operations[0].option.value;
	return {
		option,
		operations,
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [option.value] } },
				options: operations.map((operation) => operation.option),
				default: firstOperation,
			},
			...operations.flatMap((operation) =>
				shownWith(
					{ resource: [option.value], operation: [operation.option.value] },
					documented(`${option.value}:${operation.option.value}`, operation.fields),
				),
			),
		],
	};
}

/** The fields with AI Rudder's page on the operation, and a notice where its address is a guess. */
function documented(operation: string, fields: INodeProperties[]): INodeProperties[] {
	const name = ENDPOINT_NAMES.find((each) => each === operation);
	if (!name) return fields;
	return [
		...assumedNotice(name),
		...fields.map((field) => withTimeout(withPage(field, name), name)),
	];
}
