import {
	NodeOperationError,
	WAIT_INDEFINITELY,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { DateTime, Duration } from 'luxon';

export const waitTimeFields: INodeProperties[] = [
	{
		displayName: 'Limit Wait Time',
		name: 'limitWaitTime',
		type: 'boolean',
		default: true,
		description:
			"Whether to go on after some time without an outcome. The item then says 'timedOut' and holds no outcome.",
	},
	{
		displayName: 'Wait at Most',
		name: 'waitAmount',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 24,
		displayOptions: { show: { limitWaitTime: [true] } },
		description: 'How many of the units below to wait for the outcome',
	},
	{
		displayName: 'Unit',
		name: 'waitUnit',
		type: 'options',
		default: 'hours',
		displayOptions: { show: { limitWaitTime: [true] } },
		description: 'The unit of the time to wait',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
			{ name: 'Seconds', value: 'seconds' },
		],
	},
];

/** When the wait ends without an outcome. */
export function endOfWait(context: IExecuteFunctions): Date {
	if (context.getNodeParameter('limitWaitTime', 0) === false) return WAIT_INDEFINITELY;
	const amount = Number(context.getNodeParameter('waitAmount', 0));
	const unit = String(context.getNodeParameter('waitUnit', 0));
	const end = amount > 0 ? DateTime.now().plus(Duration.fromObject({ [unit]: amount })) : undefined;
	if (end?.isValid) return end.toJSDate();
	throw new NodeOperationError(
		context.getNode(),
		"'Wait at Most' is not a time that can be waited for. Nobody was called.",
		{ itemIndex: 0, description: 'Enter a number above 0, such as 24' },
	);
}
