import { callRecord } from '../../records/call';
import { callHead } from '../../records/callInfo';
import { outboundTaskFields, readId } from '../fields/locators';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getCallsInfoCheck: ItemOperation = {
	option: {
		name: 'Get Calls for Info Check',
		value: 'getCallsInfoCheck',
		action: 'Get info check calls of outbound task',
		description:
			'Retrieve every call of an info check task with its questions and answers. Changes nothing and may be repeated.',
	},
	fields: [...outboundTaskFields, ...listFields],

	async execute(client, itemIndex) {
		const parameters = { TaskID: readId(this, 'taskId', 'Outbound Task', itemIndex) };
		return await list(
			this,
			client,
			itemIndex,
			'outboundTask:getCallsInfoCheck',
			parameters,
			(row, head) => callRecord(row, callHead(head)),
		);
	},
};
