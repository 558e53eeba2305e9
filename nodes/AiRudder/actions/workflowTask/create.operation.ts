import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import type { AiRudderClient } from '../../transport/client';
import { optionsField } from '../fields/options';
import { phoneNumberField, uploadedCaseIdField } from '../fields/phoneNumber';
import { shownWith } from '../fields/shownWith';
import { autoFinishField, createKey, readTask, taskFields } from '../fields/task';
import { isTool } from '../isTool';
import type { BatchOperation } from '../operation';
import { failedItem, locate } from '../failedItem';
import { readContactList, type UploadContact } from '../upload/contact';
import { contactFields } from '../upload/contactFields';
import { toSend } from '../upload/toSend';
import { ContactUpload, type ContactOutcome } from '../upload/upload';
import { toItem, uploadItems, withHint, type Result } from '../upload/uploadItems';
import { uploadOptionFields, uploadOptions, type UploadOptions } from '../upload/uploadOptions';

const fields: INodeProperties[] = [
	...taskFields,
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
	...shownWith({ contactsFrom: ['items'] }, contactFields),
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
					phoneNumberField,
					uploadedCaseIdField,
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
	optionsField([...uploadOptionFields, autoFinishField]),
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
			keyOf: () => createKey(task),
			send: async (upload) => await upload.createTask(task),
		});
	},
};

/** A task for one input item, read and checked. */
interface NewTask {
	task: IDataObject;
	contacts: UploadContact[];
	unique: UploadContact[];
	options: UploadOptions;
}

/** One task for each input item, with the contacts of its fixed list or with none. */
async function createEach(
	context: IExecuteFunctions,
	client: AiRudderClient,
): Promise<INodeExecutionData[]> {
	const items = new Map<number, INodeExecutionData>();
	const fail = (error: unknown, itemIndex: number) => {
		const located = locate(context, error, itemIndex);
		if (!context.continueOnFail()) throw located;
		items.set(itemIndex, failedItem(located, itemIndex));
	};
	// All of it is checked before the first contact leaves.
	const tasks = new Map<number, NewTask>();
	for (const itemIndex of context.getInputData().keys()) {
		try {
			tasks.set(itemIndex, readNewTask(context, itemIndex));
		} catch (error) {
			fail(error, itemIndex);
		}
	}
	for (const [itemIndex, newTask] of tasks) {
		try {
			const result = await createOne(context, client, itemIndex, newTask);
			if (!context.continueOnFail()) throwIfFailed(context, result, itemIndex, items.size);
			items.set(itemIndex, toItem(context, itemIndex, result));
		} catch (error) {
			fail(error, itemIndex);
		}
	}
	return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}

function readNewTask(context: IExecuteFunctions, itemIndex: number): NewTask {
	const task = readTask(context, itemIndex);
	const fixedList = context.getNodeParameter('contactsFrom', itemIndex) === 'list';
	const contacts = fixedList ? readContactList(context, itemIndex) : [];
	const options = uploadOptions(context, itemIndex);
	const [{ unique }] = toSend(context, [contacts], options);
	return { task, contacts, unique, options };
}

async function createOne(
	context: IExecuteFunctions,
	client: AiRudderClient,
	itemIndex: number,
	{ task, contacts, unique, options }: NewTask,
): Promise<Result> {
	// A later try may choose another template; an agent that does so wants another task.
	const key = isTool(context) ? createKey(task) : `create:${itemIndex}`;
	const upload = new ContactUpload(context, client, unique, options, key);
	await upload.createTask(task);
	const outcomes = new Map(upload.outcomes.map((outcome) => [outcome.contact, outcome]));
	const contactStates = contacts.map((contact) => {
		const { state, reason, earlier }: Partial<ContactOutcome> = outcomes.get(contact) ?? LEFT_OUT;
		const inOther = earlier && earlier.workflowId !== upload.workflowId;
		return {
			phoneNumber: contact.detail.callee,
			state,
			...(reason !== undefined && { reason }),
			...(inOther && { workflowId: earlier.workflowId ?? null }),
		};
	});
	const failed = upload.outcomes.filter(({ state }) => state !== 'uploaded');
	const reason = upload.taskFailure ?? failed[0]?.reason;
	const json = {
		workflowId: upload.workflowId ?? null,
		taskName: task.name,
		contacts: contactStates,
	};
	if (upload.workflowId === undefined) {
		return {
			json: { ...json, reason },
			error: 'The workflow task was not created, or not for certain',
		};
	}
	if (failed.length === 0) return { json };
	const error = `${failed.length} of ${unique.length} contacts were not uploaded, or not for certain`;
	return { json: { ...json, reason }, error };
}

const LEFT_OUT = {
	state: 'notSent',
	reason: 'The same phone number is further up in the list, so this one was left out',
} as const;

function throwIfFailed(
	context: IExecuteFunctions,
	{ json, error }: Result,
	itemIndex: number,
	earlier: number,
) {
	if (error === undefined) return;
	const created = json.workflowId
		? `The workflow task ${String(json.workflowId)} was created. `
		: '';
	const before = earlier ? `Tasks of earlier items that were created: ${earlier}. ` : '';
	const description = `${before}${created}${withHint(json.reason ? [String(json.reason)] : [])}`;
	throw new NodeApiError(context.getNode(), {}, { message: error, description, itemIndex });
}
