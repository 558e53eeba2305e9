import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { commonOptions, type CommonOptions } from '../fields/options';

/** A workflow task holds no more (client). */
export const MAX_CONTACTS = 10_000;

const BATCH_SIZE = 500;

export const uploadOptionFields: INodeProperties[] = [
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_CONTACTS },
		default: BATCH_SIZE,
		description: 'How many contacts to send to AI Rudder in one request',
	},
	{
		displayName: 'Send Duplicates',
		name: 'sendDuplicates',
		type: 'boolean',
		default: false,
		description:
			'Whether to upload a phone number each time it is in the input. The person may then be dialled more than once.',
	},
];

export interface UploadOptions extends CommonOptions {
	batchSize: number;
	/** Whether a phone number that comes more than once is uploaded each time. */
	sendDuplicates: boolean;
}

export function uploadOptions(context: IExecuteFunctions, itemIndex: number): UploadOptions {
	const batchSize = Number(context.getNodeParameter('options.batchSize', itemIndex, BATCH_SIZE));
	const common = commonOptions(context, itemIndex);
	// What was sent is remembered, and told, by the node's own task.
	if ('workflow_id' in common.additionalParameters) throw anotherTask(context, itemIndex);
	return {
		...common,
		batchSize: batchSize >= 1 ? Math.min(Math.floor(batchSize), MAX_CONTACTS) : BATCH_SIZE,
		sendDuplicates: context.getNodeParameter('options.sendDuplicates', itemIndex, false) === true,
	};
}

const anotherTask = (context: IExecuteFunctions, itemIndex: number) =>
	new NodeOperationError(
		context.getNode(),
		"The task under 'Additional Parameters' (workflow_id) would take the place of this node's own. Nothing was sent.",
		{
			itemIndex,
			description:
				"Leave 'workflow_id' out. To add contacts to a task that is there already, choose it under 'Workflow Task' of 'Contact: Add'.",
		},
	);
