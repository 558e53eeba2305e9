import { apiNodePushRecord, recordOfPush } from '../../records/apiNodePush';
import { readId, workflowTaskField } from '../fields/locators';
import { commonOptions, optionsField } from '../fields/options';
import { phoneNumber, caseIdField, phoneNumberField } from '../fields/phoneNumber';
import { caseIdText } from '../fields/plainText';
import { simplifyField } from '../fields/simplify';
import type { ItemOperation } from '../operation';

export const verifyPush: ItemOperation = {
	option: {
		name: 'Verify Push',
		value: 'verifyPush',
		action: 'Verify push of custom API node',
		description:
			'Ask AI Rudder for its own record of a contact that was pushed to you. Changes nothing and may be repeated.',
	},
	fields: [
		workflowTaskField,
		{
			displayName: 'Node ID',
			name: 'nodeId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1d78b96d74c24737b186da7bcb23a2f8',
			description: 'The ID of the custom API node, as it came with the push',
		},
		{ ...phoneNumberField, required: true },
		caseIdField,
		simplifyField,
		optionsField(),
	],

	async execute(client, itemIndex) {
		const written = this.getNodeParameter('phoneNumber', itemIndex);
		const caseId = caseIdText(this, this.getNodeParameter('caseId', itemIndex), itemIndex);
		const { additionalParameters, send } = commonOptions(this, itemIndex);
		const { data, response } = await client.call(
			'customApiNode:verifyPush',
			{
				workflow_id: readId(this, 'workflowId', 'Workflow Task', itemIndex),
				node_id: readId(this, 'nodeId', 'Node ID', itemIndex),
				callee: phoneNumber(this, written, 'Phone Number', itemIndex),
				...(caseId && { case_id: caseId }),
				...additionalParameters,
			},
			recordOfPush(),
			send,
		);
		const simplify = this.getNodeParameter('simplify', itemIndex) === true;
		return [{ json: simplify ? apiNodePushRecord(data) : { response, contact: data.callee } }];
	},
};
