import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { object } from '../../records/read';
import { contactKeyFields, readContactKey } from '../fields/contactKey';
import { readId, workflowTaskField } from '../fields/locators';
import { commonOptions, optionsField } from '../fields/options';
import { simplifiedInOptions, simplifyField } from '../fields/simplify';
import type { ItemOperation } from '../operation';
import { furtherDetails } from '../upload/contact';
import { contactDetailsField } from '../upload/contactFields';
import { throwIfRejected } from '../upload/rejections';
import { variablesFields, variablesReader } from '../upload/variables';

export const update: ItemOperation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact in workflow task',
		description:
			'Change variables and details of a contact that is already in a task. Adds nobody, but changes what the person is told; do not repeat it blindly.',
	},
	fields: [
		workflowTaskField,
		...contactKeyFields,
		...variablesFields,
		contactDetailsField,
		optionsField([simplifyField]),
	],
	// Two changes to one contact have to arrive in the order of the input.
	sequential: true,

	async execute(client, itemIndex) {
		const workflowId = readId(this, 'workflowId', 'Workflow Task', itemIndex);
		const { parameters: key, ...contact } = readContactKey(this, itemIndex);
		const details = [{ ...key, ...readChanges(this, itemIndex, contact.phoneNumber) }];
		const { additionalParameters, send } = commonOptions(this, itemIndex);
		const { data, response } = await client.call(
			'contact:update',
			{ workflow_id: workflowId, details, ...additionalParameters },
			z.unknown(),
			send,
		);
		throwIfRejected(this, data, 'AI Rudder did not change the contact');
		const simplify = simplifiedInOptions(this, itemIndex);
		return [{ json: simplify ? { workflowId, ...contact, updated: true } : { response } }];
	},
};

/** What shall be different; throws when nothing is. */
function readChanges(
	context: IExecuteFunctions,
	itemIndex: number,
	callee: string | null,
): IDataObject {
	const variables = variablesReader(context)(itemIndex);
	const given = object(context.getNodeParameter('contactDetails', itemIndex, {}));
	const changes = {
		...(Object.keys(variables).length > 0 && { variables }),
		...furtherDetails(context, given, itemIndex, callee),
	};
	if (Object.keys(changes).length > 0) return changes;
	throw new NodeOperationError(context.getNode(), 'There is nothing to change', {
		itemIndex,
		description: "Enter a new value under 'Variables' or 'Contact Details'",
	});
}
