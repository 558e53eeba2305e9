import { NodeOperationError } from 'n8n-workflow';
import { workflowTaskRecord, workflowTasksIn } from '../../records/workflowTask';
import { contactKeyFields, readContactKey } from '../fields/contactKey';
import { optionsField } from '../fields/options';
import { simplifyField } from '../fields/simplify';
import { readTime, vendorTime } from '../fields/times';
import type { ItemOperation } from '../operation';
import { search } from '../search';

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
			description:
				'From when to search. A time without a zone is taken in the time zone of this n8n workflow.',
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
		return await search(this, client, itemIndex, 'workflowTask:find', {
			parameters: {
				start_time: vendorTime(startTime),
				end_time: vendorTime(endTime),
				...contact,
			},
			rowsIn: workflowTasksIn,
			sought: 'workflow ID',
			toRecord: (row) => workflowTaskRecord(row),
		});
	},
};
