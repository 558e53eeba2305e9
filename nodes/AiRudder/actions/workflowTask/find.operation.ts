import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { findRows, listData } from '../../transport/pages';
import { commonOptions, optionsField } from '../fields/options';
import { caseIdField, phoneNumberField } from '../fields/phoneNumber';
import { rowsToItems, simplifyField } from '../fields/simplify';
import { readTime, vendorTime } from '../fields/times';
import type { ItemOperation } from '../operation';
import { workflowTaskRecord } from '../../records/workflowTask';
import { phoneNumber } from '../upload/contact';

export const find: ItemOperation = {
	option: {
		name: 'Find',
		value: 'find',
		action: 'Find workflow tasks of contact',
		description:
			'Look up which tasks hold a contact, by phone number or case ID. Changes nothing and may be repeated.',
	},
	fields: [
		{
			...phoneNumberField,
			description: 'With + and the country code. Enter this, a case ID, or both.',
		},
		{ ...caseIdField, description: 'Your own key of the contact, as it was uploaded' },
		{
			displayName: 'Start Time',
			name: 'startTime',
			type: 'dateTime',
			required: true,
			default: '={{ $now.minus(7, "days") }}',
			description: "From when to search. A time without a zone is in the workflow's time zone.",
		},
		{
			displayName: 'End Time',
			name: 'endTime',
			type: 'dateTime',
			required: true,
			default: '={{ $now }}',
			description: 'Until when to search',
		},
		simplifyField,
		optionsField(),
	],

	async execute(client, itemIndex) {
		const written = this.getNodeParameter('phoneNumber', itemIndex);
		const caseId = String(this.getNodeParameter('caseId', itemIndex) ?? '').trim();
		if (!written && !caseId) {
			throw new NodeOperationError(this.getNode(), "'Phone Number' and 'Case ID' are both empty", {
				itemIndex,
				description: 'Enter at least one of them',
			});
		}
		const startTime = readTime(
			this,
			this.getNodeParameter('startTime', itemIndex),
			'Start Time',
			itemIndex,
		);
		const endTime = readTime(
			this,
			this.getNodeParameter('endTime', itemIndex),
			'End Time',
			itemIndex,
		);
		if (endTime < startTime) {
			throw new NodeOperationError(this.getNode(), "'End Time' is before 'Start Time'", {
				itemIndex,
				description: 'Exchange the two',
			});
		}
		const { additionalParameters, send } = commonOptions(this, itemIndex);
		const parameters: IDataObject = {
			start_time: vendorTime(startTime),
			end_time: vendorTime(endTime),
			...(written && { callee: phoneNumber(this, written, 'Phone Number', itemIndex) }),
			...(caseId && { case_id: caseId }),
			...additionalParameters,
		};
		const { data, response } = await client.call(
			'workflowTask:find',
			parameters,
			listData,
			send,
		);
		const simplify = this.getNodeParameter('simplify', itemIndex) === true;
		return rowsToItems(
			{ rows: findRows(data), responses: [response] },
			simplify,
			workflowTaskRecord,
		);
	},
};
