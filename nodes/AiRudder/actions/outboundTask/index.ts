import { resource } from '../operation';
import { getCalls } from './getCalls.operation';

export const outboundTask = resource(
	{
		name: 'Outbound Task',
		value: 'outboundTask',
		description: 'The dialling task of one voice node in a workflow',
	},
	[getCalls],
);
