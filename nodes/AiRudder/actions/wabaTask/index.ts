import { resource } from '../operation';
import { getAll } from './getAll.operation';
import { getMessages } from './getMessages.operation';

export const wabaTask = resource(
	{
		name: 'WABA Task',
		value: 'wabaTask',
		description: 'The WhatsApp messaging task of one node in a workflow',
	},
	[getAll, getMessages],
);
