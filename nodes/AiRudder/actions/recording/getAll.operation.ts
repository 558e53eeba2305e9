import { callRecord } from '../../records/call';
import { callHead } from '../../records/callInfo';
import { readId, workflowTaskField } from '../fields/locators';
import { phoneNumber, phoneNumberField } from '../fields/phoneNumber';
import { list, listFields } from '../list';
import type { ItemOperation } from '../operation';

export const getAll: ItemOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many recordings of phone number',
		description:
			'List the recorded calls to one number in a workflow task, with links to the recordings. Changes nothing and may be repeated.',
	},
	fields: [workflowTaskField, { ...phoneNumberField, required: true }, ...listFields],

	async execute(client, itemIndex) {
		const workflowId = readId(this, 'workflowId', 'Workflow Task', itemIndex);
		const written = this.getNodeParameter('phoneNumber', itemIndex);
		const callee = phoneNumber(this, written, 'Phone Number', itemIndex);
		return await list(
			this,
			client,
			itemIndex,
			'recording:getAll',
			{ workflow_id: workflowId, callee },
			// The list may as well be one of bare links.
			({ value: link, ...row }, head) =>
				callRecord({ ...row, ...(link !== undefined && { recording_url: link }) }, callHead(head)),
		);
	},
};
