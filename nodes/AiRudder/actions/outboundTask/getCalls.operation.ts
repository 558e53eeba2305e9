import { callRecord } from '../../records/call';
import { isPayload, type Payload } from '../../records/read';
import { getRows } from '../../transport/pages';
import { outboundTaskField, readId } from '../fields/locators';
import { commonOptions, optionsField } from '../fields/options';
import { limitOf, returnAllFields } from '../fields/returnAll';
import { rowsToItems, simplifyField } from '../fields/simplify';
import type { ItemOperation } from '../operation';

export const getCalls: ItemOperation = {
	option: {
		name: 'Get Calls',
		value: 'getCalls',
		action: 'Get calls of outbound task',
		description:
			'Retrieve every call of a collection, telemarketing or e-commerce task with its outcome. Changes nothing and may be repeated.',
	},
	fields: [outboundTaskField, ...returnAllFields, simplifyField, optionsField()],

	async execute(client, itemIndex) {
		const taskId = readId(this, 'taskId', 'Outbound Task', itemIndex);
		const { additionalParameters, send } = commonOptions(this, itemIndex);
		const pages = await getRows(
			client,
			'outboundTask:getCalls',
			{ TaskID: taskId, ...additionalParameters },
			{ ...send, limit: limitOf(this, itemIndex) },
		);
		const head: Payload = { TaskID: taskId, ...headOf(pages.responses[0]) };
		const simplify = this.getNodeParameter('simplify', itemIndex) === true;
		return rowsToItems(pages, simplify, (row) => callRecord(row, head));
	},
};

/** What stands once beside the rows: the task and its workflow; its status is not that of a call. */
function headOf(response: unknown): Payload {
	const data = isPayload(response) ? response.data : undefined;
	if (!isPayload(data)) return {};
	const head = Object.entries(data).filter(
		([name, value]) => name !== 'Status' && !Array.isArray(value),
	);
	return Object.fromEntries(head);
}
