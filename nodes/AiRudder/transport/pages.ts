import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { lazy } from '../lazy';
import {
	isPayload,
	isWord,
	number,
	object,
	objects,
	read,
	text,
	totalOf,
	type Payload,
} from '../records/read';
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

const isId = (name: string): boolean =>
	/(?:^|_)id$|I[dD]$/.test(name) && !/^(?:request|trace)/i.test(name);

/** A number says nothing, such as that of a page, unless it is an ID or stands in a row. */
function holdsNothing(value: unknown, asked: readonly string[], numbersSay = false): boolean {
	if (Array.isArray(value)) return value.every((each) => holdsNothing(each, asked, true));
	if (isPayload(value)) {
		const names = Object.keys(value).filter((name) => !asked.includes(name));
		return names.every((name) => holdsNothing(value[name], asked, numbersSay || isId(name)));
	}
	return !value || (!numbersSay && (typeof value !== 'string' || number(value) !== null));
}

export interface Page {
	rows: Payload[];
	/** How many rows there are in all, if AI Rudder says so. */
	total: number | null;
	response: unknown;
	/** Whether it holds rows, or says that there are none. */
	readable: boolean;
}

/** Whether it holds an empty list, or nothing where one may stand (client), by itself or in what wraps it. */
function saysNoRows(data: unknown, asked: readonly string[]): boolean {
	if (totalOf(data) === 0 || saysNone(data, asked)) return true;
	const inside = Object.values(object(data));
	const held = inside.filter((each) => typeof each === 'object' && each !== null);
	if (held.length === 0) return inside.includes(null);
	if (held.some((each) => Array.isArray(each) && each.length === 0)) return true;
	// What names somebody is a row that stands alone, and its lists are its own.
	const isRow = read(object(held[0]), [...ROW_IDS, ...PERSON]) !== null;
	return held.length === 1 && !isRow && saysNoRows(held[0], asked);
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
	const schema = page === 1 ? someData() : z.unknown();
	const { data, response } = await client.call(name, sent, schema, options);
	const rows = findRows(data);
	const readable = page > 1 || rows.length > 0 || saysNoRows(data, Object.keys(sent));
	return { rows, total: totalOf(data), response, readable };
}

export interface Pages {
	rows: Payload[];
	/** The vendor's answers, one a page, untouched. */
	responses: unknown[];
	/** Whether there were rows, or AI Rudder says that there are none. */
	readable: boolean;
	/**
	 * How many more rows AI Rudder speaks of than could be got, or null where it gives no total and
	 * there may be more. Set when its paging is not as assumed.
	 */
	missing?: number | null;
}

/** The rows found in an answer that is not asked for page by page, and that could be read. */
export function onePage(rows: Payload[], data: unknown, response: unknown): Pages {
	const missing = (totalOf(data) ?? 0) - rows.length;
	return { rows, responses: [response], readable: true, ...(missing > 0 && { missing }) };
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
	const size = Math.min(PAGE_SIZE, limit);
	const ask = async (page: number) =>
		await getPage(client, name, parameters, { ...options, page, size });
	const first = await ask(1);
	const known = new KnownRows(first.rows);
	const rows = [...first.rows];
	const responses = [first.response];
	let { total } = first;
	let ended = rows.length === 0;
	// The total beside a full page may be that of the page alone.
	if (total === size && rows.length === size) total = null;
	let repeated = false;
	while (!ended && total !== rows.length && rows.length < limit && responses.length < MAX_PAGES) {
		const page = await ask(responses.length + 1);
		const fresh = known.takeNew(page.rows);
		const shorter = page.rows.length < first.rows.length;
		const pagingIgnored = fresh.length < page.rows.length / 2;
		// A last page is shorter, whatever it repeats.
		repeated = pagingIgnored && !shorter;
		if (fresh.length === 0) break;
		for (const row of fresh) rows.push(row);
		responses.push(page.response);
		({ total } = page);
		// A total below what is there cannot be the total.
		ended = pagingIgnored || (shorter && (total ?? 0) <= rows.length);
	}
	const part = rows.length > first.rows.length || first.rows.length % ROUND === 0;
	const mayGoOn = (repeated && part) || responses.length === MAX_PAGES;
	const missing = missingOf(rows.length, total, limit, mayGoOn);
	const { readable } = first;
	return { rows: rows.slice(0, limit), responses, readable, ...(missing !== 0 && { missing }) };
}

/** How many of the rows asked for did not come; null where there may be more, 0 where there are none. */
function missingOf(had: number, total: number | null, limit: number, mayGoOn: boolean) {
	if (total !== null && had < Math.min(total, limit)) return Math.min(total, limit) - had;
	return mayGoOn && had < limit && total !== had ? null : 0;
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
	const has = (key: string) => read(row, [key]) !== null;
	const known = PERSON.some(has) && !ROW_IDS.some(has) ? [] : IDENTIFIERS.filter(has);
	return JSON.stringify(known.length > 0 ? known.map((key) => [key, row[key]]) : row);
}

const DEEPEST = 2;

/** The rows wherever they are: the data itself, or the first list of objects inside it. */
export function findRows(data: unknown, depth = 0): Payload[] {
	if (Array.isArray(data)) return data.flatMap(asRow);
	if (!isPayload(data) || depth > DEEPEST) return [];
	const inside = Object.values(data);
	const lists = inside.filter(Array.isArray);
	const links = lists.map((list) => list.filter(isLink).map((value) => ({ value })));
	const rows =
		lists.length === 1 ? lists[0].flatMap(asRow) : firstWithRows([...lists.map(objects), ...links]);
	// An empty list may be that of the warnings; with a total of 0 it is the one asked for.
	if (rows.length > 0 || (lists.length > 0 && totalOf(data) === 0)) return rows;
	return firstWithRows(objects(inside).map((each) => findRows(each, depth + 1)));
}

const firstWithRows = (lists: Payload[][]): Payload[] =>
	lists.find(({ length }) => length > 0) ?? [];

const isLink = (entry: unknown): boolean => /^https?:/i.test(text(entry) ?? '');

/** A list may hold bare IDs or links: they are rows as well, unlike a sentence. */
function asRow(entry: unknown): Payload[] {
	if (isPayload(entry)) return [entry];
	return isLink(entry) || isWord(entry) ? [{ value: entry }] : [];
}
