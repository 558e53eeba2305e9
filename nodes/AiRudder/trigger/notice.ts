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
	if (nestsDeeperThan(DEEPEST, body)) {
		return {
			body: asText(request.rawBody) ?? '',
			payload: {},
			headers,
			problems: [`The notice nests more than ${DEEPEST} levels deep and is handed on as text`],
		};
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

function nestsDeeperThan(levels: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levels === 0) return true;
	if (Array.isArray(value)) return value.some((inner) => nestsDeeperThan(levels - 1, inner));
	if (!isPayload(value)) return false;
	for (const key in value) {
		if (nestsDeeperThan(levels - 1, value[key])) return true;
	}
	return false;
}
