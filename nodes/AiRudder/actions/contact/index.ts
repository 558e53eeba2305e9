import { resource } from '../operation';
import { add } from './add.operation';
import { callAndWait } from './callAndWait.operation';
import { cancel } from './cancel.operation';
import { update } from './update.operation';

export const contact = resource(
	{
		name: 'Contact',
		value: 'contact',
		description: 'A person in a workflow task, with phone number, case ID and variables',
	},
	[add, callAndWait, cancel, update],
);
