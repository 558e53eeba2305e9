import { readId, workflowTaskField } from '../fields/locators';
import { optionsField } from '../fields/options';
import type { BatchOperation } from '../operation';
import { contactFields } from '../upload/contact';
import { uploadItems, uploadOptionFields } from '../upload/uploadItems';

export const add: BatchOperation = {
	option: {
		name: 'Add',
		value: 'add',
		action: 'Add contacts to workflow task',
		description:
			'Upload one contact for each input item into an existing task. This dials people; sent twice, it dials them twice.',
	},
	fields: [workflowTaskField, ...contactFields, optionsField(uploadOptionFields)],

	async executeAll(client) {
		return await uploadItems(this, client, {
			keyOf: (itemIndex) => readId(this, 'workflowId', 'Workflow Task', itemIndex),
			send: async (upload, workflowId) => await upload.addTo(workflowId),
		});
	},
};
