import { outboundTaskRecord } from '../../records/outboundTask';
import { listOfWorkflowTask } from '../list';

export const getAll = listOfWorkflowTask(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many outbound tasks',
		description:
			'List the dialling tasks that a workflow task has started, one for each voice node. Changes nothing and may be repeated.',
	},
	'outboundTask:getAll',
	outboundTaskRecord,
);
