import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { AiRudderClient } from '../../transport/client';
import { templateField } from '../fields/locators';
import { optionsField } from '../fields/options';
import { readTime, vendorTime } from '../fields/times';
import type { BatchOperation } from '../operation';
import { failedItem, locate } from '../failedItem';
import { readContactList } from '../upload/contact';
import { contactFields } from '../upload/contactFields';
import { ContactUpload } from '../upload/upload';
import { assertFits, uploadItems, uploadOptionFields, uploadOptions } from '../upload/uploadItems';

const shownForItems = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { ...field.displayOptions?.show, contactsFrom: ['items'] } },
});

const fields: INodeProperties[] = [
	templateField,
	{
		displayName: 'Task Name',
		name: 'taskName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Reminders, 20 November',
		description: 'How the task is called in the AI Rudder console',
	},
	{
		displayName: 'End Time',
		name: 'endTime',
		type: 'dateTime',
		required: true,
		default: '={{ $now.plus(1, "day") }}',
		description:
			"When the task ends at the latest. A time without a zone is in the workflow's time zone.",
	},
	{
		displayName: 'Contacts From',
		name: 'contactsFrom',
		type: 'options',
		default: 'items',
		description: 'Where the people to contact come from',
		options: [
			{
				name: 'Fixed List',
				value: 'list',
				description: 'Contacts entered below; one task for each input item',
			},
			{
				name: 'Input Items',
				value: 'items',
				description:
					'One contact for each input item, all in one task; its name, template and end time are taken from the first item',
			},
			{
				name: 'None',
				value: 'none',
				description: 'An empty task for each input item, to add contacts to later',
			},
		],
	},
	...contactFields.map(shownForItems),
	{
		displayName: 'Contacts',
		name: 'contacts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Contact',
		default: {},
		displayOptions: { show: { contactsFrom: ['list'] } },
		options: [
			{
				displayName: 'Contact',
				name: 'values',
				values: [
					{
						displayName: 'Phone Number',
						name: 'phoneNumber',
						type: 'string',
						default: '',
						placeholder: 'e.g. +12025550123',
						description: 'With + and the country code',
					},
					{
						displayName: 'Case ID',
						name: 'caseId',
						type: 'string',
						default: '',
						placeholder: 'e.g. LOAN-2024-0117',
					},
					{
						displayName: 'Variables (JSON)',
						name: 'variables',
						type: 'json',
						default: '{}',
						placeholder: 'e.g. {"amount": "120.00"}',
						description: 'Name and value of each variable that the workflow template declares',
					},
				],
			},
		],
	},
	optionsField([
		...uploadOptionFields,
		{
			displayName: 'Auto Finish',
			name: 'autoFinish',
			type: 'number',
			default: 2,
			description:
				"AI Rudder's auto_finish, a whole number. What its values mean is not documented publicly: ask AI Rudder before changing it.",
		},
	]),
];

export const create: BatchOperation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create workflow task',
		description:
			'Start a task from a template and upload its contacts. This dials people; sent twice, it dials them twice.',
	},
	fields,

	async executeAll(client) {
		if (this.getNodeParameter('contactsFrom', 0) !== 'items') return await createEach(this, client);
		const task = readTask(this, 0);
		return await uploadItems(this, client, {
			keyOf: () => 'create',
			send: async (upload) => await upload.createTask(task),
		});
	},
};

/** One task for each input item, with the contacts of its fixed list or with none. */
async function createEach(
	context: IExecuteFunctions,
	client: AiRudderClient,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		try {
			const json = await createOne(context, client, itemIndex);
			items.push({ json, pairedItem: { item: itemIndex } });
		} catch (error) {
			const located = locate(context, error, itemIndex);
			if (!context.continueOnFail()) throw located;
			items.push(failedItem(located, itemIndex));
		}
	}
	return items;
}

async function createOne(
	context: IExecuteFunctions,
	client: AiRudderClient,
	itemIndex: number,
): Promise<IDataObject> {
	const task = readTask(context, itemIndex);
	const fixedList = context.getNodeParameter('contactsFrom', itemIndex) === 'list';
	const contacts = fixedList ? readContactList(context, itemIndex) : [];
	assertFits(context, contacts);
	const options = uploadOptions(context, itemIndex);
	const upload = new ContactUpload(context, client, contacts, options, `create:${itemIndex}`);
	await upload.createTask(task);
	const contactStates = upload.outcomes.map(({ contact, state, reason }) => ({
		phoneNumber: contact.detail.callee,
		state,
		...(reason !== undefined && { reason }),
	}));
	const failed = contactStates.filter(({ state }) => state !== 'uploaded');
	if (upload.workflowId === undefined || failed.length > 0) {
		const message =
			upload.workflowId === undefined
				? 'The workflow task was not created for certain'
				: `${failed.length} of ${contacts.length} contacts were not uploaded for certain`;
		const description = upload.taskFailure ?? failed[0]?.reason;
		throw new NodeApiError(context.getNode(), {}, { message, description, itemIndex });
	}
	return { workflowId: upload.workflowId, taskName: task.name, contacts: contactStates };
}

function readTask(context: IExecuteFunctions, itemIndex: number): IDataObject {
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
			description: 'Enter the name that the task shall have in the AI Rudder console',
		});
	}
	const endTime = readTime(
		context,
		context.getNodeParameter('endTime', itemIndex),
		'End Time',
		itemIndex,
	);
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
		auto_finish: Number(context.getNodeParameter('options.autoFinish', itemIndex, 2)),
	};
}
