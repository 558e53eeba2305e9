import type { INodePropertyOptions } from 'n8n-workflow';
import { callRecord } from '../../records/call';
import { callHead } from '../../records/callInfo';
import type { EndpointName } from '../../transport/endpoints';
import { outboundTaskFields, readId } from '../fields/locators';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

/** The operation that lists the calls of an outbound task, of one scene or the other. */
export const callsOfTask = (option: INodePropertyOptions, name: EndpointName): ItemOperation => ({
	option,
	fields: [...outboundTaskFields, ...listFields],

	async execute(client, itemIndex) {
		// That the parameter is called so is assumed, even where the path is documented.
		const parameters = { TaskID: readId(this, 'taskId', 'Outbound Task', itemIndex) };
		return await list(this, client, itemIndex, name, parameters, (row, head) =>
			callRecord(row, callHead(head)),
		);
	},
});
