import { isPayload, type Payload } from '../records/read';
import { parseJson } from '../records/json';

/** What of the request is used. Express gives more, and n8n adds the body as it came. */
export interface WebhookRequest {
	body?: unknown;
	rawBody?: Uint8Array;
	/** Sets `rawBody`. n8n leaves a body unread when its Content-Type is none that it parses. */
	readRawBody?: () => Promise<void>;
	headers: Record<string, string | string[] | undefined>;
	/** The sender as n8n sees it: behind a proxy that is what N8N_PROXY_HOPS makes of it. */
	ip?: string;
}

/** One notice as it arrived. */
export interface Notice {
	/** What was sent, whatever it is. */
	body: unknown;
	/** The same, if it is an object; else empty, so that no event but 'unknown' recognises it. */
	payload: Payload;
	headers: Payload;
	/** What kept the body from being handed on as it came. */
	problems: string[];
}

/** No notice of AI Rudder nests nearly as deep; n8n would stumble over what does. */
const DEEPEST = 200;

/** Some ten times as many as a notice of 500 calls holds; several millions keep n8n busy for a minute. */
const MOST_OBJECTS = 300_000;

/** `undefined` if the sender broke off, or sends more than n8n takes. */
export async function readNotice(request: WebhookRequest): Promise<Notice | undefined> {
	if (request.body === undefined && request.rawBody === undefined) {
		try {
			await request.readRawBody?.();
		} catch {
			return undefined;
		}
	}
	const body = readBody(request);
	const { headers } = request;
	const excess = excessOf(body);
	if (excess) {
		const problems = [`The notice ${excess} and is handed on as text`];
		return { body: asText(request.rawBody) ?? '', payload: {}, headers, problems };
	}
	return { body, payload: isPayload(body) ? body : {}, headers, problems: [] };
}

/**
 * n8n parses the body by its Content-Type. A notice that comes with the wrong one is text, a form or
 * nothing by then, though it may be JSON.
 */
function readBody({ body, rawBody, headers }: WebhookRequest): unknown {
	const isJson = /^application\/json\b/i.test(String(headers['content-type'] ?? ''));
	if (isJson && body !== undefined) return body;
	const text = asText(rawBody);
	if (text === undefined) return body ?? {};
	const parsed = parseJson(text);
	if (typeof parsed === 'object' && parsed !== null) return parsed;
	return body === undefined || (isPayload(body) && Object.keys(body).length === 0) ? text : body;
}

const asText = (raw?: Uint8Array): string | undefined =>
	raw === undefined || raw.length === 0 ? undefined : new TextDecoder().decode(raw);

/** What of a body is more than n8n, or we, can work through. */
function excessOf(body: unknown): string | undefined {
	let objects = 0;
	const inspect = (value: unknown, level: number): string | undefined => {
		if (typeof value !== 'object' || value === null) return undefined;
		if (level > DEEPEST) return `nests more than ${DEEPEST} levels deep`;
		if (++objects > MOST_OBJECTS) return `holds more than ${MOST_OBJECTS} lists and objects`;
		if (Array.isArray(value)) {
			for (const inner of value) {
				const excess = inspect(inner, level + 1);
				if (excess) return excess;
			}
		} else if (isPayload(value)) {
			for (const key in value) {
				const excess = inspect(value[key], level + 1);
				if (excess) return excess;
			}
		}
		return undefined;
	};
	return inspect(body, 1);
}
