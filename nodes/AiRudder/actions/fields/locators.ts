import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { plainText } from './plainText';

interface LocatorText {
	placeholder: string;
	description: string;
	/** The list needs the workflow task that is chosen in the field before this one. */
	ofWorkflowTask?: true;
}

/** A field that is chosen from a list of AI Rudder's, or entered as an ID. */
const locator = (
	displayName: string,
	name: string,
	searchListMethod: string,
	{ placeholder, description, ofWorkflowTask }: LocatorText,
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
	...(ofWorkflowTask && { typeOptions: { loadOptionsDependsOn: ['workflowId.value'] } }),
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod, searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
	],
});

export const templateField = locator('Workflow Template', 'templateId', 'getTemplates', {
	placeholder: 'e.g. 1024',
	description: 'The workflow drawn in the AI Rudder console that the task runs',
});

export const workflowTaskField = locator('Workflow Task', 'workflowId', 'getWorkflowTasks', {
	placeholder: 'e.g. 4cb9db206ac04d2f9c1ba315e4e613d2',
	description: 'The task, by its name in the AI Rudder console or by its workflow ID',
});

/** Where the ID that follows is enough by itself. */
const workflowTaskOfList: INodeProperties = {
	...workflowTaskField,
	required: false,
	description: 'Needed only to choose from the list below, not with an ID',
};

export const outboundTaskFields: INodeProperties[] = [
	workflowTaskOfList,
	locator('Outbound Task', 'taskId', 'getOutboundTasks', {
		placeholder: 'e.g. 459acf3df0ec4b1d8a9679dc208ad96f',
		description: "A dialling task of the workflow task above, or the 'taskId' of a call",
		ofWorkflowTask: true,
	}),
];

export const wabaTaskFields: INodeProperties[] = [
	workflowTaskOfList,
	locator('WABA Task', 'wabaTaskId', 'getWabaTasks', {
		placeholder: 'e.g. 602ff2fc65e04b1d8a9679dcb89b4ee9',
		description: 'A WhatsApp task of the workflow task above, or its ID',
		ofWorkflowTask: true,
	}),
];

/** The ID in a field, chosen or entered; throws which field is empty. */
export function readId(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): string {
	const id = readOptionalId(context, name, displayName, itemIndex);
	if (id !== '') return id;
	throw emptyField(context, displayName, itemIndex);
}

/** The same for a field that may be empty. */
export function readOptionalId(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	return (plainText(context, value, displayName, itemIndex) ?? '').trim();
}

export const emptyField = (context: IExecuteFunctions, displayName: string, itemIndex: number) =>
	new NodeOperationError(context.getNode(), `'${displayName}' is empty`, {
		itemIndex,
		description: 'Choose or enter one',
	});
