import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { DateTime } from 'luxon';
import { number } from '../../records/read';
import { templateField } from './locators';
import { readTime, vendorTime } from './times';

/** What a new workflow task needs, besides its contacts. */
export const taskFields: INodeProperties[] = [
	templateField,
	{
		displayName: 'Task Name',
		name: 'taskName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Reminders, 20 November',
		description: 'What the task is called in the AI Rudder console',
	},
	{
		displayName: 'End Time',
		name: 'endTime',
		type: 'dateTime',
		required: true,
		default: '={{ $now.plus(1, "day") }}',
		description:
			'When the task ends at the latest. A time without a zone is taken in the time zone of this n8n workflow.',
	},
];

export const autoFinishField: INodeProperties = {
	displayName: 'Auto Finish',
	name: 'autoFinish',
	type: 'number',
	default: 2,
	description:
		"AI Rudder's auto_finish, a whole number. What its values mean is not known to this node: ask AI Rudder before changing it.",
};

/** The task as AI Rudder takes it; throws which field is not right. */
export function readTask(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const template = context.getNodeParameter('templateId', itemIndex, '', { extractValue: true });
	const templateId = Number(template);
	if (!Number.isInteger(templateId) || templateId <= 0) {
		throw new NodeOperationError(
			context.getNode(),
			template
				? "'Workflow Template' is not the number of a template"
				: "No 'Workflow Template' is chosen",
			{ itemIndex, description: 'Choose one from the list, or enter its ID, a whole number' },
		);
	}
	const name = String(context.getNodeParameter('taskName', itemIndex) ?? '').trim();
	if (name === '') {
		throw new NodeOperationError(context.getNode(), "'Task Name' is empty", {
			itemIndex,
			description: 'Enter the name that the task should have in the AI Rudder console',
		});
	}
	const autoFinish = number(context.getNodeParameter('options.autoFinish', itemIndex, 2));
	if (!Number.isInteger(autoFinish)) {
		throw new NodeOperationError(context.getNode(), "'Auto Finish' is not a whole number", {
			itemIndex,
			description: "Enter the number that AI Rudder gave you, or remove 'Auto Finish'",
		});
	}
	const endTime = readTime(context, 'endTime', 'End Time', itemIndex);
	if (endTime <= DateTime.now()) {
		throw new NodeOperationError(
			context.getNode(),
			`'End Time' is in the past (${vendorTime(endTime)})`,
			{
				itemIndex,
				description: 'Choose a later one, or use an expression such as {{ $now.plus(1, "day") }}',
			},
		);
	}
	return {
		workflow_template_id: templateId,
		name,
		end_time: vendorTime(endTime),
		auto_finish: autoFinish,
	};
}

/** Names a task that does not exist yet in the memory of an upload. */
export const createKey = ({ workflow_template_id: templateId }: IDataObject): string =>
	`create:${String(templateId)}`;
