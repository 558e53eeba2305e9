import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { concurrently } from '../concurrency';
import { withReachableNames } from '../records/reachable';
import { AiRudderClient } from '../transport/client';
import { failedItem, locate } from './failedItem';
import type { ItemOperation, Operation } from './operation';
import { RESOURCES } from './resources';

/** Items under way at a time: enough to hide the vendor's latency, few enough not to be throttled. */
const CONCURRENCY = 5;

/** Items in, the chosen operation, items out: pairing, failed items and their location are settled here. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const operation = chosenOperation(this);
		const client = await AiRudderClient.create(this);
		if (!('executeAll' in operation)) return [await executeEach(this, client, operation)];
		return [await operation.executeAll.call(this, client)];
	} catch (error) {
		const located = locate(this, error, 0);
		if (!this.continueOnFail()) throw located;
		return [this.getInputData().map((_, itemIndex) => failedItem(located, itemIndex))];
	}
}

function chosenOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const name = context.getNodeParameter('operation', 0);
	const operation = RESOURCES.find(({ option }) => option.value === resource)?.operations.find(
		({ option }) => option.value === name,
	);
	if (operation) return operation;
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation '${name}' of '${resource}'`,
		{
			description: "Open the node and choose an operation from the list under 'Operation'",
		},
	);
}

async function executeEach(
	context: IExecuteFunctions,
	client: AiRudderClient,
	operation: ItemOperation,
): Promise<INodeExecutionData[]> {
	let stopped = false;
	const runItem = async (_: unknown, itemIndex: number): Promise<INodeExecutionData[]> => {
		if (stopped) return [];
		try {
			const results = await operation.execute.call(context, client, itemIndex);
			return results.map(({ json, binary }) => ({
				// What was parsed from JSON is what n8n calls a data object.
				json: withReachableNames(json) as IDataObject,
				...(binary && { binary }),
				pairedItem: { item: itemIndex },
			}));
		} catch (error) {
			const located = locate(context, error, itemIndex);
			if (context.continueOnFail()) return [failedItem(located, itemIndex)];
			stopped = true;
			throw located;
		}
	};
	const atATime = operation.sequential ? 1 : CONCURRENCY;
	return (await concurrently(context.getInputData(), atATime, runItem)).flat();
}
