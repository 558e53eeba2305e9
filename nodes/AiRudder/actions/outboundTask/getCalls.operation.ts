import { callsOfTask } from './callsOfTask';

export const getCalls = callsOfTask(
	{
		name: 'Get Calls',
		value: 'getCalls',
		action: 'Get calls of outbound task',
		description:
			'Retrieve every call of a collection, telemarketing or e-commerce task with its outcome. Changes nothing and may be repeated.',
	},
	'outboundTask:getCalls',
);
