import { subtaskRecord } from '../../records/subtask';
import { readId, workflowTaskField } from '../fields/locators';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getSubtasks: ItemOperation = {
	option: {
		name: 'Get Subtasks',
		value: 'getSubtasks',
		action: 'Get subtasks of workflow task',
		description:
			'List the steps of a task: calls, messages and other nodes, each with its state. Changes nothing and may be repeated.',
	},
	fields: [workflowTaskField, ...listFields],

	async execute(client, itemIndex) {
		const parameters = { workflow_id: readId(this, 'workflowId', 'Workflow Task', itemIndex) };
		return await list(
			this,
			client,
			itemIndex,
			'workflowTask:getSubtasks',
			parameters,
			subtaskRecord,
		);
	},
};
