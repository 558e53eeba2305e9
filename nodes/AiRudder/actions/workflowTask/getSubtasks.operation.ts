import { subtaskRecord } from '../../records/subtask';
import { listOfWorkflowTask } from '../list';

export const getSubtasks = listOfWorkflowTask(
	{
		name: 'Get Subtasks',
		value: 'getSubtasks',
		action: 'Get subtasks of workflow task',
		description:
			'List the steps of a task: calls, messages and other nodes, each with its state. Changes nothing and may be repeated.',
	},
	'workflowTask:getSubtasks',
	subtaskRecord,
);
