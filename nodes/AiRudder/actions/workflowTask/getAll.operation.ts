import { workflowTaskRecord } from '../../records/workflowTask';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getAll: ItemOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many workflow tasks',
		description:
			'List the tasks of this account with their names and states. Changes nothing and may be repeated.',
	},
	fields: listFields,

	async execute(client, itemIndex) {
		return await list(this, client, itemIndex, 'workflowTask:getAll', {}, workflowTaskRecord);
	},
};
