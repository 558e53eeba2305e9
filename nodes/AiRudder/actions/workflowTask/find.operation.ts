import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { commonOptions, optionsField } from '../fields/options';
import { onePage, saysNone, someData } from '../../transport/pages';
import { contactKeyFields, readContactKey } from '../fields/contactKey';
import { rowsToItems, simplifyField } from '../fields/simplify';
import { readTime, vendorTime } from '../fields/times';
import { hintAtMissing } from '../list';
import type { ItemOperation } from '../operation';
import { workflowTaskRecord, workflowTasksIn } from '../../records/workflowTask';

export const find: ItemOperation = {
	option: {
		name: 'Find',
		value: 'find',
		action: 'Find workflow tasks of contact',
		description:
			'Look up which tasks hold a contact, by phone number or case ID. Changes nothing and may be repeated.',
	},
	fields: [
		...contactKeyFields,
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
			// A contact that is not found is uploaded again: clocks that differ shall not hide the newest.
			default: '={{ $now.plus(1, "day") }}',
			description:
				'Until when to search. It is a day ahead by default, so that no contact is missed where clocks differ; that AI Rudder takes a time in the future is assumed.',
		},
		simplifyField,
		optionsField(),
	],

	async execute(client, itemIndex) {
		const { parameters: contact } = readContactKey(this, itemIndex);
		const startTime = readTime(this, 'startTime', 'Start Time', itemIndex);
		const endTime = readTime(this, 'endTime', 'End Time', itemIndex);
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
			...contact,
			...additionalParameters,
		};
		const { data, response } = await client.call('workflowTask:find', parameters, someData(), send);
		const simplify = this.getNodeParameter('simplify', itemIndex) === true;
		const rows = workflowTasksIn(data);
		// Somebody who finds nothing uploads the contact again.
		if (simplify && rows.length === 0 && !saysNone(data, Object.keys(parameters))) {
			throw client.toNodeError({ kind: 'unknownForm', detail: 'workflow ID' }, 'workflowTask:find');
		}
		const page = onePage(rows, data, response);
		hintAtMissing(this, itemIndex, page);
		return rowsToItems(page, simplify, workflowTaskRecord);
	},
};
