import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { lazy } from '../lazy';
import { isPayload, number, objects, text, totalOf, type Payload } from '../records/read';
import type { AiRudderClient, SendOptions } from './client';
import type { EndpointName } from './endpoints';

const PAGE_SIZE = 500;

/** Ends a list whose rows change with every answer. */
const MAX_PAGES = 2000;

/** What the size of a page is a multiple of. The whole of a list, given whatever is asked, seldom is. */
const ROUND = 10;

/** What names a row by itself. */
const ROW_IDS = ['id', 'CallID', 'call_id', 'callid', 'msg_id', 'message_id'];

/** Whom a row is about: the same person may come in several rows. */
const PERSON = ['CalleeNumber', 'callee_number', 'callee', 'CaseID', 'case_id'];

/** What names a row in one or another list; enough of them together, if no two rows share them. */
const IDENTIFIERS = [
	...[...ROW_IDS, ...PERSON],
	...['TaskID', 'task_id', 'nodetask_id', 'workflow_id', 'waba_task_id'],
];

/**
 * What a list answers. A list without rows is an answer, an object without any list is not (client).
 */
const listData = lazy(() =>
	z.union([z.array(z.unknown()), z.record(z.string(), z.unknown()).refine(mayHoldRows)]),
);

function mayHoldRows(data: Payload): boolean {
	const values = Object.values(data);
	return totalOf(data) !== null || values.some((value) => typeof value === 'object');
}

/** What an answer holds whose form is not known: nothing at all is none (client). */
export const someData = lazy(() =>
	z.union([
		z.array(z.unknown()),
		z.record(z.string(), z.unknown()).refine((data) => Object.keys(data).length > 0),
	]),
);

/**
 * Whether an answer in which nothing was recognised says that there is nothing: nothing in its lists
 * or a total of 0, and beside that at most numbers, what was `asked` for, and words about it.
 */
export function saysNone(data: unknown, asked: readonly string[]): boolean {
	if (!isPayload(data)) return holdsNothing(data, asked);
	const total = totalOf(data);
	if (total !== null && total > 0) return false;
	const values = Object.values(data);
	const speaksOfNone =
		total === 0 ||
		values.some((value) => typeof value === 'object' && value !== null) ||
		values.every((value) => !value);
	return speaksOfNone && holdsNothing(data, [...asked, ...WORDS]);
}

const WORDS = ['message', 'msg'];

function holdsNothing(value: unknown, asked: readonly string[]): boolean {
	if (Array.isArray(value)) return value.every((each) => holdsNothing(each, asked));
	if (isPayload(value)) {
		const names = Object.keys(value).filter((name) => !asked.includes(name));
		return names.every((name) => holdsNothing(value[name], asked));
	}
	return typeof value !== 'string' || value === '' || number(value) !== null;
}

export interface Page {
	rows: Payload[];
	/** How many rows there are in all, if AI Rudder says so. */
	total: number | null;
	response: unknown;
}

/** One page of a list. The paging names are those of the classic lists (client), assumed for these. */
export async function getPage(
	client: AiRudderClient,
	name: EndpointName,
	parameters: IDataObject,
	{ page, size, ...options }: SendOptions & { page: number; size: number },
): Promise<Page> {
	const sent = { Page: page, Number: size, ...parameters };
	// Beyond the last page nothing at all is as good as an empty list.
	const schema = page === 1 ? listData() : z.unknown();
	const { data, response } = await client.call(name, sent, schema, options);
	return { rows: findRows(data), total: totalOf(data), response };
}

export interface Pages {
	rows: Payload[];
	/** The vendor's answers, one a page, untouched. */
	responses: unknown[];
	/**
	 * How many more rows AI Rudder speaks of than could be got, or null where it gives no total and
	 * there may be more. Set when its paging is not as assumed.
	 */
	missing?: number | null;
}

/** The rows found in an answer that is not asked for page by page. */
export function onePage(rows: Payload[], data: unknown, response: unknown): Pages {
	const missing = (totalOf(data) ?? 0) - rows.length;
	return { rows, responses: [response], ...(missing > 0 && { missing }) };
}

/**
 * The rows of a list, page by page, up to `limit`. It ends on an empty page, a known total, a page
 * shorter than the first (AI Rudder may give fewer rows a page than asked for), or a page that
 * brings hardly anything new: paging names that turn out wrong cost one request, not a loop.
 */
export async function getRows(
	client: AiRudderClient,
	name: EndpointName,
	parameters: IDataObject,
	{ limit = Infinity, ...options }: SendOptions & { limit?: number } = {},
): Promise<Pages> {
	const rows: Payload[] = [];
	const responses: unknown[] = [];
	const size = Math.min(PAGE_SIZE, limit);
	let known = new KnownRows([]);
	let firstLength = 0;
	let total: number | null = null;
	let repeated = false;
	for (let page = 1; page <= MAX_PAGES; page++) {
		const found = await getPage(client, name, parameters, { ...options, page, size });
		if (page === 1) {
			known = new KnownRows(found.rows);
			firstLength = found.rows.length;
		}
		const fresh = page === 1 ? found.rows : known.takeNew(found.rows);
		const count = found.rows.length;
		const pagingIgnored = fresh.length < count / 2;
		// A last page is shorter, whatever it repeats.
		repeated = pagingIgnored && count >= firstLength;
		if (page > 1 && fresh.length === 0) break;
		for (const row of fresh) rows.push(row);
		responses.push(found.response);
		({ total } = found);

		// A total below what is there cannot be the total.
		const complete = total !== null && total >= rows.length ? total === rows.length : undefined;
		if (rows.length >= limit || count === 0 || pagingIgnored) break;
		if (complete ?? count < firstLength) break;
	}
	const missing = total === null ? 0 : Math.min(total, limit) - rows.length;
	const cut = rows.length > firstLength || firstLength % ROUND === 0;
	const endless = responses.length === MAX_PAGES;
	const mayMiss = ((repeated && cut) || endless) && rows.length < limit && total !== rows.length;
	return {
		rows: rows.slice(0, limit),
		responses,
		...(missing > 0 ? { missing } : mayMiss && { missing: null }),
	};
}

/** Tells rows that came before from new ones, so that none is lost and none comes twice. */
class KnownRows {
	private readonly seen = new Set<string>();

	private readonly identify: (row: Payload) => string;

	constructor(firstPage: Payload[]) {
		const identities = new Set(firstPage.map(identifiers));
		// Where the identifiers are those of the whole list, only the rows themselves differ.
		const distinct = identities.size === firstPage.length;
		this.identify = distinct ? identifiers : (row) => JSON.stringify(row);
		for (const row of firstPage) this.seen.add(this.identify(row));
	}

	takeNew(page: Payload[]): Payload[] {
		const fresh = page.filter((row) => !this.seen.has(this.identify(row)));
		for (const row of fresh) this.seen.add(this.identify(row));
		return fresh;
	}
}

function identifiers(row: Payload): string {
	const has = (key: string) => key in row;
	const known = PERSON.some(has) && !ROW_IDS.some(has) ? [] : IDENTIFIERS.filter(has);
	return JSON.stringify(known.length > 0 ? known.map((key) => row[key]) : row);
}

const DEEPEST = 2;

/** The rows wherever they are: the data itself, or the first list of objects inside it. */
export function findRows(data: unknown, depth = 0): Payload[] {
	if (Array.isArray(data)) return data.flatMap(asRow);
	if (!isPayload(data) || depth > DEEPEST) return [];
	const inside = Object.values(data);
	const lists = inside.filter(Array.isArray);
	const rows = lists.length === 1 ? lists[0].flatMap(asRow) : firstWithRows(lists.map(objects));
	// An empty list may be that of the warnings; with a total of 0 it is the one asked for.
	if (rows.length > 0 || (lists.length > 0 && totalOf(data) === 0)) return rows;
	return firstWithRows(objects(inside).map((each) => findRows(each, depth + 1)));
}

const firstWithRows = (lists: Payload[][]): Payload[] =>
	lists.find(({ length }) => length > 0) ?? [];

/** A list may hold bare IDs or links: they are rows as well. */
function asRow(entry: unknown): Payload[] {
	if (isPayload(entry)) return [entry];
	return text(entry) === null ? [] : [{ value: entry }];
}
