/** A browser's session with n8n's internal REST interface: cookie, browser id, JSON both ways, answers checked. */
import { fetch } from 'undici';
import { z } from 'zod';

const TIMEOUT_MS = 30_000;

const envelope = z.object({ data: z.unknown() });
const errorAnswer = z.object({ message: z.string() });

export class N8nHttpError extends Error {
	constructor(
		readonly status: number,
		what: string,
		message: string,
	) {
		super(`n8n answered ${status} to ${what}: ${message}`);
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

export class Session {
	private cookie = '';

	constructor(readonly url: string) {}

	/** Sends one request and gives back the `data` of the answer in the expected shape. */
	async send<T>(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		shape: z.ZodType<T, z.ZodTypeDef, unknown>,
		body?: unknown,
	): Promise<T> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: {
				'browser-id': 'n8n-nodes-airudder-harness',
				...(this.cookie && { cookie: this.cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		const cookies = response.headers.getSetCookie();
		if (cookies.length) this.cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
		const text = await response.text();
		const answer = parseJson(text);
		if (!response.ok) {
			const known = errorAnswer.safeParse(answer);
			const message = known.success ? known.data.message : text.slice(0, 500);
			throw new N8nHttpError(response.status, `${method} ${path}`, message);
		}
		return shape.parse(envelope.parse(answer).data);
	}
}
