import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import { callRecord } from '../../records/call';
import { withReachableNames } from '../../records/reachable';
import type { Payload } from '../../records/read';
import { earlierTimer, noteWait } from '../../waiting/earlierWait';
import { parseReference, referenceFor } from '../../waiting/reference';
import { readId, workflowTaskField } from '../fields/locators';
import { optionsField, withTimeout } from '../fields/options';
import { shownWith } from '../fields/shownWith';
import { autoFinishField, createKey, readTask, taskFields } from '../fields/task';
import { endOfWait, waitTimeFields } from '../fields/waitTime';
import { isTool } from '../isTool';
import type { BatchOperation } from '../operation';
import type { ContactDetail } from '../upload/contact';
import { contactFields } from '../upload/contactFields';
import { uploadItems, type Destination } from '../upload/uploadItems';

const fields: INodeProperties[] = [
	{
		displayName:
			"The outcome comes through an AI Rudder Trigger with 'Call Completion' in a published workflow of this n8n. Without one this node waits until its time is up.",
		name: 'triggerNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Add To',
		name: 'addTo',
		type: 'options',
		default: 'existingTask',
		description: 'The workflow task that makes the call',
		options: [
			{
				name: 'Existing Workflow Task',
				value: 'existingTask',
				description: 'The contact is added to a task that is there already',
			},
			{
				name: 'New Workflow Task',
				value: 'newTask',
				description: 'A task is created from a template, with this contact',
			},
		],
	},
	...shownWith({ addTo: ['existingTask'] }, [workflowTaskField]),
	...shownWith({ addTo: ['newTask'] }, taskFields),
	...contactFields.flatMap((field) =>
		field.name === 'caseId' ? shownWith({ referenceIn: ['variable'] }, [field]) : field,
	),
	{
		displayName: 'Send Reference As',
		name: 'referenceIn',
		type: 'options',
		default: 'variable',
		description:
			'Where to put the short text by which the outcome finds its way back to this execution',
		options: [
			{
				name: 'Case ID',
				value: 'caseId',
				description:
					'In place of a case ID of your own. Nothing has to be declared for it; that AI Rudder takes it under this name (case_id) is assumed.',
			},
			{
				name: 'Variable',
				value: 'variable',
				description: 'As a variable of the contact, besides its others',
			},
		],
	},
	{
		displayName: 'Reference Variable',
		name: 'referenceVariable',
		type: 'string',
		required: true,
		default: 'n8n_ref',
		placeholder: 'e.g. n8n_ref',
		displayOptions: { show: { referenceIn: ['variable'] } },
		description: 'The variable that carries the reference',
	},
	{
		displayName:
			'Declare this variable in the workflow template, in the AI Rudder console: it is not known whether AI Rudder gives back variables that are not declared',
		name: 'referenceNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { referenceIn: ['variable'] } },
	},
	...waitTimeFields,
	withTimeout(
		optionsField([
			{
				...autoFinishField,
				displayOptions: { show: { '/addTo': ['newTask'] } },
			},
		]),
		'workflowTask:create',
	),
];

export const callAndWait: BatchOperation = {
	option: {
		name: 'Call and Wait',
		value: 'callAndWait',
		action: 'Call contact and wait for outcome',
		description:
			'Upload one contact and go on with the outcome of its call, once AI Rudder reports it. This dials a person; sent twice, it dials them twice.',
		// An agent waits for the answer of its tools, and n8n cannot put it to sleep meanwhile.
		displayOptions: { hide: { '@tool': [true] } },
	},
	fields,

	async executeAll(client) {
		refuseAsTool(this);
		refuseSeveralItems(this);
		const { $execution: execution, $runIndex: run } = this.getWorkflowDataProxy(0);
		const resumeUrl = String(execution.resumeUrl);
		const withReference = referenceAdder(this, readReference(this, resumeUrl, Number(run)));
		await earlierTimer(this);
		const waitTill = endOfWait(this);

		let awaited: Payload = {};
		const [item] = await uploadItems(this, client, {
			...destinationOf(this),
			complete({ itemIndex, detail }) {
				const complete = withReference(detail);
				awaited = complete;
				return { itemIndex, detail: complete };
			},
		});
		if (item.json.state !== 'uploaded') return [item];

		const call = callRecord(awaited, { workflow_id: item.json.workflowId });
		const waiting = waitingItem(this, withReachableNames({ ...call, timedOut: true }));
		this.setMetadata({ resumeUrl });
		noteWait(this, waitTill);
		await this.putExecutionToWait(waitTill);
		return [waiting];
	},
};

function refuseAsTool(context: IExecuteFunctions): void {
	if (!isTool(context)) return;
	throw new NodeOperationError(
		context.getNode(),
		"'Call and Wait' cannot be a tool of an AI agent, because an agent cannot wait that long. Nobody was called.",
		{
			description:
				"Give the agent 'Contact: Add' instead, or have it call a workflow that contains this node",
		},
	);
}

/** n8n knows one wait an execution: the outcomes of several calls could not be told apart in time. */
function refuseSeveralItems(context: IExecuteFunctions): void {
	const { length } = context.getInputData();
	if (length === 1) return;
	throw new NodeOperationError(
		context.getNode(),
		`'Call and Wait' calls one contact at a time, and the input has ${length} items. Nobody was called.`,
		{
			description:
				"Put a 'Loop Over Items' node before it, with a batch size of 1. To call many at once use 'Contact: Add' and receive the outcomes with the AI Rudder Trigger.",
		},
	);
}

function readReference(context: IExecuteFunctions, resumeUrl: string, run: number): string {
	const reference = referenceFor(resumeUrl, context.getNode().id, run);
	if (reference !== undefined) return reference;
	throw new NodeOperationError(
		context.getNode(),
		"'Call and Wait' needs n8n 2.16 or newer: this one does not sign the addresses of waiting executions. Nobody was called.",
		{
			description:
				"Update n8n, or ask for the outcome instead: the package's example 'ask-for-outcome.json' does that with 'Workflow Task: Create', 'Wait' and 'Call: Get by Contact'",
		},
	);
}

function referenceAdder(
	context: IExecuteFunctions,
	reference: string,
): (detail: ContactDetail) => ContactDetail {
	if (context.getNodeParameter('referenceIn', 0) === 'caseId') {
		return (detail) => ({ ...withoutReferences(detail), case_id: reference });
	}
	const name = String(context.getNodeParameter('referenceVariable', 0) ?? '').trim();
	if (name === '') {
		throw new NodeOperationError(context.getNode(), "'Reference Variable' is empty", {
			itemIndex: 0,
			description: 'Enter the name of a variable of the workflow template, such as n8n_ref',
		});
	}
	return (detail) => {
		const { variables, ...rest } = withoutReferences(detail);
		return { ...rest, variables: { ...variables, [name]: reference } };
	};
}

/** That of an earlier call, which is among its output, would bring that call's outcome to this wait. */
function withoutReferences(detail: ContactDetail): ContactDetail {
	const { case_id: caseId, variables, ...rest } = detail;
	const own = Object.entries(variables).filter(([, value]) => !parseReference(value));
	return {
		...rest,
		variables: Object.fromEntries(own),
		...(caseId !== undefined && !parseReference(caseId) && { case_id: caseId }),
	};
}

function destinationOf(context: IExecuteFunctions): Destination {
	if (context.getNodeParameter('addTo', 0) === 'newTask') {
		const task = readTask(context, 0);
		return {
			keyOf: () => createKey(task),
			send: async (upload) => await upload.createTask(task),
		};
	}
	return {
		keyOf: () => readId(context, 'workflowId', 'Workflow Task', 0),
		send: async (upload, workflowId) => await upload.addTo(workflowId),
	};
}

/**
 * When the time is up n8n hands on what the node was given, without asking the node again. So that a
 * flow can tell, this becomes what the node was given: the call as far as it is known, marked.
 */
function waitingItem(context: IExecuteFunctions, call: Payload): INodeExecutionData {
	const item: INodeExecutionData = { json: call as IDataObject, pairedItem: { item: 0 } };
	const [input] = context.getExecuteData().data.main;
	input?.splice(0, input.length, item);
	return item;
}
