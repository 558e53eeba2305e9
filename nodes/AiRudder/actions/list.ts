import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { isPayload, scalars, type Payload } from '../records/read';
import type { AiRudderClient } from '../transport/client';
import type { EndpointName } from '../transport/endpoints';
import { getRows, type Pages } from '../transport/pages';
import { commonOptions, optionsField } from './fields/options';
import { readId, workflowTaskField } from './fields/locators';
import { limitOf, returnAllFields } from './fields/returnAll';
import { rowsToItems, simplifyField } from './fields/simplify';
import type { ItemOperation, Result } from './operation';

/** What every operation that gives a list ends with. */
export const listFields: INodeProperties[] = [...returnAllFields, simplifyField, optionsField()];

/** The rows of a list as items; `toRecord` also gets what was asked for and what stands once beside the rows. */
export async function list(
	context: IExecuteFunctions,
	client: AiRudderClient,
	itemIndex: number,
	name: EndpointName,
	parameters: IDataObject,
	toRecord: (row: Payload, head: Payload) => Payload,
): Promise<Result[]> {
	const { additionalParameters, send } = commonOptions(context, itemIndex);
	const pages = await getRows(
		client,
		name,
		{ ...parameters, ...additionalParameters },
		{ ...send, limit: limitOf(context, itemIndex) },
	);
	const simplify = context.getNodeParameter('simplify', itemIndex) === true;
	if (simplify && !pages.readable) {
		throw client.toNodeError({ kind: 'unknownForm', detail: 'list' }, name);
	}
	hintAtMissing(context, itemIndex, pages);
	const head = { ...parameters, ...headOf(pages.responses[0]) };
	return rowsToItems(pages, simplify, (row) => toRecord(row, head));
}

/** The operation that lists what belongs to the workflow task that is chosen. */
export const listOfWorkflowTask = (
	option: INodePropertyOptions,
	name: EndpointName,
	toRecord: (row: Payload, head: Payload) => Payload,
): ItemOperation => ({
	option,
	fields: [workflowTaskField, ...listFields],

	async execute(client, itemIndex) {
		const parameters = { workflow_id: readId(this, 'workflowId', 'Workflow Task', itemIndex) };
		return await list(this, client, itemIndex, name, parameters, toRecord);
	},
});

/** Remarks in the output pane that there are, or may be, more results than came. */
export function hintAtMissing(
	context: IExecuteFunctions,
	itemIndex: number,
	{ missing }: Pages,
): void {
	if (missing === undefined) return;
	const more = missing === null ? 'may have more' : `reports ${missing} more`;
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message: `AI Rudder ${more} results than it gave for item ${itemIndex}: its list is not paged as assumed. Ask for more at a time under 'Additional Parameters'.`,
	});
}

/** What stands once beside the rows, such as the task and its workflow. */
export function headOf(response: unknown): Payload {
	const data = isPayload(response) ? response.data : undefined;
	return isPayload(data) ? scalars(data) : {};
}
