import { wabaMessageRecord } from '../../records/wabaMessage';
import { readId, readOptionalId, wabaTaskFields } from '../fields/locators';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getMessages: ItemOperation = {
	option: {
		name: 'Get Messages',
		value: 'getMessages',
		action: 'Get messages of WABA task',
		description:
			'Retrieve the WhatsApp messages of a task with their states. Changes nothing and may be repeated.',
	},
	fields: [...wabaTaskFields, ...listFields],

	async execute(client, itemIndex) {
		const wabaTaskId = readId(this, 'wabaTaskId', 'WABA Task', itemIndex);
		const workflowId = readOptionalId(this, 'workflowId', 'Workflow Task', itemIndex);
		return await list(
			this,
			client,
			itemIndex,
			'wabaTask:getMessages',
			{ waba_task_id: wabaTaskId, ...(workflowId && { workflow_id: workflowId }) },
			wabaMessageRecord,
		);
	},
};
