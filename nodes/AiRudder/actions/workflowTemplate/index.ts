import { resource } from '../operation';
import { getAll } from './getAll.operation';

export const workflowTemplate = resource(
	{
		name: 'Workflow Template',
		value: 'workflowTemplate',
		description: 'A workflow drawn in the AI Rudder console, which tasks are made from',
	},
	[getAll],
);
