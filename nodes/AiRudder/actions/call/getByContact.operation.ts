import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callRecord } from '../../records/call';
import { ABOUT, callHead, callsIn } from '../../records/callInfo';
import { onePage, saysNone, someData } from '../../transport/pages';
import { contactKeyFields, readContactKey } from '../fields/contactKey';
import { outboundTaskFields, readId, workflowTaskField } from '../fields/locators';
import { commonOptions, optionsField } from '../fields/options';
import { shownWith } from '../fields/shownWith';
import { rowsToItems, simplifyField } from '../fields/simplify';
import { headOf, hintAtMissing } from '../list';
import type { ItemOperation } from '../operation';

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
		const { additionalParameters, send } = commonOptions(this, itemIndex);
		const asked: IDataObject = {
			...place(this, itemIndex),
			...(parameters.callee ? { callee: parameters.callee } : {}),
			...(caseId && { caseid: caseId }),
			...additionalParameters,
		};
		const { data, response } = await client.call('call:getByContact', asked, someData(), send);
		const simplify = this.getNodeParameter('simplify', itemIndex) === true;
		const rows = callsIn(data);
		if (simplify && rows.length === 0 && !saysNone(data, [...Object.keys(asked), ...ABOUT])) {
			throw client.toNodeError({ kind: 'unknownForm', detail: 'call' }, 'call:getByContact');
		}
		const page = onePage(rows, data, response);
		hintAtMissing(this, itemIndex, page);
		return rowsToItems(page, simplify, (row) =>
			callRecord(row, row === data ? {} : callHead(headOf(response))),
		);
	},
};

function place(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('searchIn', itemIndex) === 'outboundTask'
		? { taskid: readId(context, 'taskId', 'Outbound Task', itemIndex) }
		: { workflow_id: readId(context, 'workflowId', 'Workflow Task', itemIndex) };
}
