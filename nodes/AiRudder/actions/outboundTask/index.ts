import { resource } from '../operation';
import { getAll } from './getAll.operation';
import { getCalls } from './getCalls.operation';
import { getCallsInfoCheck } from './getCallsInfoCheck.operation';

export const outboundTask = resource(
	{
		name: 'Outbound Task',
		value: 'outboundTask',
		description: 'The dialling task of one voice node in a workflow',
	},
	[getCalls, getCallsInfoCheck, getAll],
);
