import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

/** A field that is chosen from a list of AI Rudder's, or entered as an ID. */
const locator = (
	displayName: string,
	name: string,
	searchListMethod: string,
	{ placeholder, description }: { placeholder: string; description: string },
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
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

export const outboundTaskField: INodeProperties = {
	displayName: 'Outbound Task ID',
	name: 'taskId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 459acf3df0ec4b1d8a9679dc208ad96f',
	description: "The 'taskId' of a call's outcome",
};

/** The ID in a field, chosen or entered; throws which field is empty. */
export function readId(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	const id = String(value ?? '').trim();
	if (id !== '') return id;
	throw emptyField(context, displayName, itemIndex);
}

export const emptyField = (context: IExecuteFunctions, displayName: string, itemIndex: number) =>
	new NodeOperationError(context.getNode(), `'${displayName}' is empty`, {
		itemIndex,
		description: 'Choose one, or enter its ID',
	});
