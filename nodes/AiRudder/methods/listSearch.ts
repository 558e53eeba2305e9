import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { outboundTaskRecord } from '../records/outboundTask';
import { text, type Payload } from '../records/read';
import { wabaTaskRecord } from '../records/wabaTask';
import { workflowTaskRecord } from '../records/workflowTask';
import { workflowTemplateRecord } from '../records/workflowTemplate';
import { AiRudderClient } from '../transport/client';
import type { EndpointName } from '../transport/endpoints';
import { getPage, type Page } from '../transport/pages';

const PAGE_SIZE = 100;

/** Pages to look through for a search word before the user has to scroll on. */
const PAGES_PER_SEARCH = 10;

const BY_ID = "Choose 'By ID' instead and enter the ID.";

interface ListedIn {
	endpoint: EndpointName;
	toRecord: (row: Payload, head: Payload) => Payload;
	/** Where a record holds what. */
	id: string;
	name: string;
	/** The list is that of a workflow task, chosen in the field `workflowId`. */
	ofWorkflowTask?: true;
}

/** Where a list goes on: the next page, and the first ID of the page before, to notice a repeat. */
interface Position {
	page: number;
	firstId: string;
}

/** A look-up for From List: page by page, searched by name or ID within what AI Rudder sends. */
const lookUp = (listed: ListedIn) =>
	async function (
		this: ILoadOptionsFunctions,
		filter = '',
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const client = await AiRudderClient.create(this);
		const parameters = listed.ofWorkflowTask ? workflowTaskChosen(this) : {};
		const wanted = filter.trim().toLowerCase();
		let position = readToken(paginationToken);
		for (let looked = 1; ; looked++) {
			const { page, firstId } = position;
			const answer = await getPageOrExplain(this, client, listed, parameters, page);
			const items = toItems(this, answer, listed);
			const repeats = items.length > 0 && items[0].value === firstId;
			if (items.length === 0 || repeats) return { results: [] };
			const results = items.filter(({ name }) => name.toLowerCase().includes(wanted));
			position = { page: page + 1, firstId: String(items[0].value) };
			const complete = page === 1 && answer.total === answer.rows.length;
			if (complete) return { results };
			if (results.length > 0 || looked === PAGES_PER_SEARCH) {
				return { results, paginationToken: JSON.stringify(position) };
			}
		}
	};

const FIRST: Position = { page: 1, firstId: '' };

const readToken = (token?: string): Position =>
	token === undefined ? FIRST : { ...FIRST, ...(JSON.parse(token) as Position) };

function workflowTaskChosen(context: ILoadOptionsFunctions): IDataObject {
	const id = text(context.getCurrentNodeParameter('workflowId', { extractValue: true }))?.trim();
	if (id && !id.startsWith('=')) return { workflow_id: id };
	throw new NodeOperationError(
		context.getNode(),
		`The list needs a 'Workflow Task': choose one first. ${BY_ID}`,
	);
}

async function getPageOrExplain(
	context: ILoadOptionsFunctions,
	client: AiRudderClient,
	{ endpoint }: ListedIn,
	parameters: IDataObject,
	page: number,
): Promise<Page> {
	try {
		return await getPage(client, endpoint, parameters, { page, size: PAGE_SIZE });
	} catch (error) {
		const message = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
		const description =
			error instanceof NodeApiError ? (error.description ?? undefined) : undefined;
		throw new NodeApiError(context.getNode(), {}, { message: `${message}. ${BY_ID}`, description });
	}
}

function toItems(
	context: ILoadOptionsFunctions,
	{ rows, readable }: Page,
	{ toRecord, id, name }: ListedIn,
): INodeListSearchItems[] {
	const items = rows.flatMap((row) => {
		const record = toRecord(row, {});
		const value = text(record[id]);
		return value === null
			? []
			: [{ name: `${text(record[name]) ?? 'Without a name'} (${value})`, value }];
	});
	if ((rows.length === 0 && readable) || items.length > 0) return items;
	throw new NodeOperationError(
		context.getNode(),
		`AI Rudder's list came in another form than assumed, without IDs. ${BY_ID}`,
	);
}

export const getTemplates = lookUp({
	endpoint: 'workflowTemplate:getAll',
	toRecord: workflowTemplateRecord,
	id: 'templateId',
	name: 'templateName',
});

export const getWorkflowTasks = lookUp({
	endpoint: 'workflowTask:getAll',
	toRecord: workflowTaskRecord,
	id: 'workflowId',
	name: 'workflowName',
});

export const getOutboundTasks = lookUp({
	endpoint: 'outboundTask:getAll',
	toRecord: outboundTaskRecord,
	id: 'taskId',
	name: 'taskName',
	ofWorkflowTask: true,
});

export const getWabaTasks = lookUp({
	endpoint: 'wabaTask:getAll',
	toRecord: wabaTaskRecord,
	id: 'taskId',
	name: 'taskName',
	ofWorkflowTask: true,
});
