import { z } from 'zod';
import { readId, workflowTaskField } from '../fields/locators';
import { commonOptions, optionsField } from '../fields/options';
import { simplifiedInOptions, simplifyField } from '../fields/simplify';
import type { ItemOperation } from '../operation';

export const stop: ItemOperation = {
	option: {
		name: 'Stop',
		value: 'stop',
		action: 'Stop workflow task',
		description:
			'End a task for all its contacts. Whether a call in progress is cut off is not known. Dials nobody and may be repeated, but cannot be undone.',
	},
	fields: [workflowTaskField, optionsField([simplifyField])],

	async execute(client, itemIndex) {
		const workflowId = readId(this, 'workflowId', 'Workflow Task', itemIndex);
		const { additionalParameters, send } = commonOptions(this, itemIndex);
		const { response } = await client.call(
			'workflowTask:stop',
			{ workflow_id: workflowId, ...additionalParameters },
			z.unknown(),
			send,
		);
		const simplify = simplifiedInOptions(this, itemIndex);
		return [{ json: simplify ? { workflowId, stopped: true } : { response } }];
	},
};
