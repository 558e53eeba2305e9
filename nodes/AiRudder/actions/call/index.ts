import { resource } from '../operation';
import { get } from './get.operation';
import { getByContact } from './getByContact.operation';

export const call = resource(
	{
		name: 'Call',
		value: 'call',
		description: 'One dialled call with its outcome',
	},
	[get, getByContact],
);
