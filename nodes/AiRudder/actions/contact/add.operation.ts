import { emptyField, workflowTaskField } from '../fields/locators';
import { isPayload } from '../../records/read';
import { optionsField } from '../fields/options';
import { fieldReader } from '../fields/perItem';
import type { BatchOperation } from '../operation';
import { contactFields } from '../upload/contactFields';
import { uploadItems } from '../upload/uploadItems';
import { uploadOptionFields } from '../upload/uploadOptions';

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
		const chosen = fieldReader(this, 'workflowId', '');
		return await uploadItems(this, client, {
			keyOf: (itemIndex) => {
				const task = chosen(itemIndex);
				const id = String((isPayload(task) ? task.value : task) ?? '').trim();
				if (id !== '') return id;
				throw emptyField(this, 'Workflow Task', itemIndex);
			},
			send: async (upload, workflowId) => await upload.addTo(workflowId),
		});
	},
};
