import { z } from 'zod';
import { contactKeyFields, readContactKey } from '../fields/contactKey';
import { readId, workflowTaskField } from '../fields/locators';
import { commonOptions, optionsField } from '../fields/options';
import { simplifiedInOptions, simplifyField } from '../fields/simplify';
import type { ItemOperation } from '../operation';
import { throwIfRejected } from '../upload/rejections';

export const cancel: ItemOperation = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel contact in workflow task',
		description:
			'Drop the remaining steps of one contact. Whether a call in progress is cut off is not known. Dials nobody and may be repeated, but cannot be undone.',
	},
	fields: [workflowTaskField, ...contactKeyFields, optionsField([simplifyField])],

	async execute(client, itemIndex) {
		const workflowId = readId(this, 'workflowId', 'Workflow Task', itemIndex);
		const { parameters, phoneNumber, caseId } = readContactKey(this, itemIndex);
		const { additionalParameters, send } = commonOptions(this, itemIndex);
		const { data, response } = await client.call(
			'contact:cancel',
			{ workflow_id: workflowId, ...parameters, ...additionalParameters },
			z.unknown(),
			send,
		);
		throwIfRejected(this, data, 'AI Rudder did not cancel the contact');
		const simplify = simplifiedInOptions(this, itemIndex);
		const json = { workflowId, phoneNumber, caseId, cancelled: true };
		return [{ json: simplify ? json : { response } }];
	},
};
