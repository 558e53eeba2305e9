import { wabaTaskRecord } from '../../records/wabaTask';
import { listOfWorkflowTask } from '../list';

export const getAll = listOfWorkflowTask(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many WABA tasks',
		description:
			'List the WhatsApp tasks that a workflow task has started. Changes nothing and may be repeated.',
	},
	'wabaTask:getAll',
	wabaTaskRecord,
);
