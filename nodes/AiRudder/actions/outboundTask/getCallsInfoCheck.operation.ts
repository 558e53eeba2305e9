import { callsOfTask } from './callsOfTask';

export const getCallsInfoCheck = callsOfTask(
	{
		name: 'Get Calls for Info Check',
		value: 'getCallsInfoCheck',
		action: 'Get info check calls of outbound task',
		description:
			'Retrieve every call of an info check task with its questions and answers. Changes nothing and may be repeated.',
	},
	'outboundTask:getCallsInfoCheck',
);
