import { workflowTemplateRecord } from '../../records/workflowTemplate';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getAll: ItemOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many workflow templates',
		description:
			'List the workflows drawn in the AI Rudder console, newest first. Changes nothing and may be repeated.',
	},
	fields: listFields,

	async execute(client, itemIndex) {
		return await list(
			this,
			client,
			itemIndex,
			'workflowTemplate:getAll',
			{},
			workflowTemplateRecord,
		);
	},
};
