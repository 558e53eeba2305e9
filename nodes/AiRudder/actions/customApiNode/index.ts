import { resource } from '../operation';
import { verifyPush } from './verifyPush.operation';

export const customApiNode = resource(
	{
		name: 'Custom API Node',
		value: 'customApiNode',
		description: 'A node of a workflow that pushes its contacts to a webhook',
	},
	[verifyPush],
);
