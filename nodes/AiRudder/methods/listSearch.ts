import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';
import { read, text, type Payload } from '../records/read';
import { AiRudderClient } from '../transport/client';
import type { EndpointName } from '../transport/endpoints';
import { findRows } from '../transport/pages';

const PAGE_SIZE = 100;

/** A look-up for From List: one page at a time, searched by name or ID within what AI Rudder sends. */
const lookUp = (endpoint: EndpointName, idSpellings: string[], nameSpellings: string[]) =>
	async function (
		this: ILoadOptionsFunctions,
		filter = '',
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const client = await AiRudderClient.create(this);
		const page = Number(paginationToken ?? 1);
		const parameters = { Page: page, Number: PAGE_SIZE };
		const { data } = await client.call(endpoint, parameters, z.unknown());
		const rows = findRows(data);
		const wanted = filter.toLowerCase();
		const results = rows
			.map((row: Payload) => ({
				id: text(read(row, idSpellings)) ?? '',
				name: text(read(row, nameSpellings)) ?? 'Without a name',
			}))
			.filter(({ id, name }) => id && `${name} ${id}`.toLowerCase().includes(wanted))
			.map(({ id, name }) => ({ name: `${name} (${id})`, value: id }));
		return {
			results,
			...(rows.length === PAGE_SIZE && { paginationToken: String(page + 1) }),
		};
	};

export const getTemplates = lookUp(
	'workflowTemplate:getAll',
	['workflow_template_id', 'template_id', 'id'],
	['workflow_template_name', 'template_name', 'name'],
);

export const getWorkflowTasks = lookUp(
	'workflowTask:getAll',
	['workflow_id', 'id'],
	['workflow_name', 'name'],
);
