import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callRecord } from '../../records/call';
import { ABOUT, callHead, callsIn } from '../../records/callInfo';
import { contactKeyFields, readContactKey } from '../fields/contactKey';
import { outboundTaskFields, readId, workflowTaskField } from '../fields/locators';
import { optionsField } from '../fields/options';
import { shownWith } from '../fields/shownWith';
import { simplifyField } from '../fields/simplify';
import type { ItemOperation } from '../operation';
import { search } from '../search';

export const getByContact: ItemOperation = {
	option: {
		name: 'Get by Contact',
		value: 'getByContact',
		action: 'Get calls of contact',
		description:
			'Retrieve the calls to one phone number or case ID, with outcomes and recording links. Changes nothing and may be repeated.',
	},
	fields: [
		{
			displayName: 'Search In',
			name: 'searchIn',
			type: 'options',
			default: 'workflowTask',
			description: 'Where the contact was called',
			options: [
				{
					name: 'Outbound Task',
					value: 'outboundTask',
					description: 'One dialling task of a workflow task',
				},
				{
					name: 'Workflow Task',
					value: 'workflowTask',
					description: 'All dialling tasks of a workflow task',
				},
			],
		},
		...shownWith({ searchIn: ['workflowTask'] }, [workflowTaskField]),
		...shownWith({ searchIn: ['outboundTask'] }, outboundTaskFields),
		...contactKeyFields,
		simplifyField,
		optionsField(),
	],

	async execute(client, itemIndex) {
		const { parameters, caseId } = readContactKey(this, itemIndex);
		return await search(this, client, itemIndex, 'call:getByContact', {
			parameters: {
				...place(this, itemIndex),
				...(parameters.callee ? { callee: parameters.callee } : {}),
				...(caseId && { caseid: caseId }),
			},
			rowsIn: callsIn,
			sought: 'call',
			about: ABOUT,
			toRecord: (row, head) => callRecord(row, callHead(head)),
		});
	},
};

function place(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('searchIn', itemIndex) === 'outboundTask'
		? { taskid: readId(context, 'taskId', 'Outbound Task', itemIndex) }
		: { workflow_id: readId(context, 'workflowId', 'Workflow Task', itemIndex) };
}
