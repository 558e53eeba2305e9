import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { isPayload, number, objects, read, type Payload } from '../records/read';
import type { AiRudderClient, SendOptions } from './client';
import type { EndpointName } from './endpoints';

const PAGE_SIZE = 500;

/** Names of the classic lists (client); whether the workflow lists use them is an assumption. */
const pageParameters = (page: number): IDataObject => ({ Page: page, Number: PAGE_SIZE });

const TOTAL = ['total', 'Total', 'total_count', 'TotalCount', 'count', 'Count'];

const IDENTIFIERS = [
	...['id', 'CallID', 'call_id', 'callid', 'TaskID', 'task_id', 'nodetask_id', 'workflow_id'],
	...['waba_task_id', 'msg_id', 'CalleeNumber', 'callee_number', 'callee', 'CaseID', 'case_id'],
];

/** What a list answers: an empty list is an answer, nothing at all is not (client). */
export const listData = z.union([z.array(z.unknown()), z.record(z.unknown()).refine(isFilled)]);

function isFilled(data: Payload): boolean {
	return Object.keys(data).length > 0;
}

export interface Pages {
	rows: Payload[];
	/** The vendor's answers, one a page, untouched. */
	responses: unknown[];
}

/**
 * The rows of a list, page by page, up to `limit`. It ends on an empty page, a page shorter than the
 * first (AI Rudder may give fewer rows a page than asked for), a known total, or a page that brings
 * nothing new: paging names that turn out wrong cost one request, not a loop.
 */
export async function getRows(
	client: AiRudderClient,
	name: EndpointName,
	parameters: IDataObject,
	{ limit = Infinity, ...options }: SendOptions & { limit?: number } = {},
): Promise<Pages> {
	const rows: Payload[] = [];
	const responses: unknown[] = [];
	const seen = new Set<string>();
	let pageSize = PAGE_SIZE;
	for (let page = 1; rows.length < limit; page++) {
		const sent = { ...pageParameters(page), ...parameters };
		const { data, response } = await client.call(name, sent, listData, options);
		const found = findRows(data);
		const identities = found.map(identity);
		const bringsNothingNew = identities.every((each) => seen.has(each));
		if (page > 1 && bringsNothingNew) break;
		for (const each of identities) seen.add(each);
		for (const row of found) rows.push(row);
		responses.push(response);

		if (page === 1) pageSize = found.length;
		const total = isPayload(data) ? number(read(data, TOTAL)) : null;
		const pagingIgnored = found.length > PAGE_SIZE;
		const reachedTotal = total !== null && rows.length >= total;
		if (pagingIgnored || reachedTotal || found.length === 0 || found.length < pageSize) break;
	}
	return { rows: rows.slice(0, limit), responses };
}

/** The rows wherever they are: the data itself, or the first array inside it. */
export function findRows(data: unknown): Payload[] {
	if (Array.isArray(data)) return objects(data);
	const inside = isPayload(data) ? Object.values(data) : [];
	return objects(inside.find(Array.isArray));
}

function identity(row: Payload): string {
	const known = IDENTIFIERS.filter((key) => key in row);
	return JSON.stringify(known.length > 0 ? known.map((key) => row[key]) : row);
}
