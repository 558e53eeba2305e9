import { callRecord } from '../../records/call';
import { callHead } from '../../records/callInfo';
import { outboundTaskFields, readId } from '../fields/locators';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getCalls: ItemOperation = {
	option: {
		name: 'Get Calls',
		value: 'getCalls',
		action: 'Get calls of outbound task',
		description:
			'Retrieve every call of a collection, telemarketing or e-commerce task with its outcome. Changes nothing and may be repeated.',
	},
	fields: [...outboundTaskFields, ...listFields],

	async execute(client, itemIndex) {
		const parameters = { TaskID: readId(this, 'taskId', 'Outbound Task', itemIndex) };
		return await list(this, client, itemIndex, 'outboundTask:getCalls', parameters, (row, head) =>
			callRecord(row, callHead(head)),
		);
	},
};
