import { resource } from '../operation';
import { create } from './create.operation';
import { find } from './find.operation';
import { getAll } from './getAll.operation';
import { getSubtasks } from './getSubtasks.operation';
import { stop } from './stop.operation';

export const workflowTask = resource(
	{
		name: 'Workflow Task',
		value: 'workflowTask',
		description: 'A campaign that runs a workflow template for its contacts',
	},
	[create, find, getAll, getSubtasks, stop],
);
