import { outboundTaskRecord } from '../../records/outboundTask';
import { readId, workflowTaskField } from '../fields/locators';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getAll: ItemOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many outbound tasks',
		description:
			'List the dialling tasks that a workflow task has started, one for each voice node. Changes nothing and may be repeated.',
	},
	fields: [workflowTaskField, ...listFields],

	async execute(client, itemIndex) {
		const parameters = { workflow_id: readId(this, 'workflowId', 'Workflow Task', itemIndex) };
		return await list(
			this,
			client,
			itemIndex,
			'outboundTask:getAll',
			parameters,
			outboundTaskRecord,
		);
	},
};
