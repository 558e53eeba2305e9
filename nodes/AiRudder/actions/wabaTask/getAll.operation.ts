import { wabaTaskRecord } from '../../records/wabaTask';
import { readId, workflowTaskField } from '../fields/locators';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getAll: ItemOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many WABA tasks',
		description:
			'List the WhatsApp tasks that a workflow task has started. Changes nothing and may be repeated.',
	},
	fields: [workflowTaskField, ...listFields],

	async execute(client, itemIndex) {
		const parameters = { workflow_id: readId(this, 'workflowId', 'Workflow Task', itemIndex) };
		return await list(this, client, itemIndex, 'wabaTask:getAll', parameters, wabaTaskRecord);
	},
};
