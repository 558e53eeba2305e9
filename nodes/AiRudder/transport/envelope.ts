import { z } from 'zod';
import { lazy } from '../lazy';
import type { Failure } from './failure';
import { quotable } from './redact';

/** What n8n's HTTP helper hands back with `returnFullResponse`. */
export interface HttpAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

export type Answer =
	| { ok: true; data: unknown; response: unknown }
	| { ok: false; failure: Failure };

const OK = 200;

/** `{"data": …, "status": "OK", "code": 200}` (documented); failures may carry a `message` (client). */
const envelopeSchema = lazy(() =>
	z
		.object({
			code: z.coerce.number(),
			data: z.unknown(),
			message: z.string().optional().catch(undefined),
			msg: z.string().optional().catch(undefined),
		})
		.passthrough(),
);

/**
 * Opens the vendor's envelope. AI Rudder may report a refusal as HTTP 200 with another `code`
 * (documented), so that the HTTP status alone says nothing.
 */
export function openEnvelope({ statusCode, headers, body }: HttpAnswer, secrets: string[]): Answer {
	const envelope = envelopeSchema().safeParse(body);
	if (envelope.success) {
		const { code, data, message, msg } = envelope.data;
		if (code === OK && statusCode < 300) return { ok: true, data, response: body };
		// An HTTP status and a code that contradict each other: nobody knows what became of it.
		if (code === OK && statusCode < 500) {
			return { ok: false, failure: { kind: 'unreadable', httpStatus: statusCode } };
		}
		const vendorMessage = quotable(message || msg || '', secrets) || undefined;
		const facts = { httpStatus: statusCode, vendorCode: code, vendorMessage };
		if (statusCode < 300 && (code === 404 || code === 405)) {
			const kind = NO_SUCH_ENDPOINT.test(vendorMessage ?? '') ? 'noSuchEndpoint' : 'refused';
			return { ok: false, failure: { ...facts, kind } };
		}
		return refused(facts, statusCode < 300 ? code : statusCode, headers);
	}
	if (statusCode >= 300) return refused({ httpStatus: statusCode }, statusCode, headers);
	const html = typeof body === 'string' && /^\s*<(!doctype|html)/i.test(body);
	return {
		ok: false,
		failure: { kind: html ? 'notAnApi' : 'unreadable', httpStatus: statusCode },
	};
}

/** A body with code 404 may speak of a record that is not there, or of the path itself. */
const NO_SUCH_ENDPOINT = /\b(api|endpoint|interface|method|path|route|url)\b/i;

const BY_STATUS: Record<number, Failure['kind']> = {
	401: 'unauthorized',
	403: 'forbidden',
	404: 'noSuchEndpoint',
	405: 'noSuchEndpoint',
	408: 'serverBusy',
	429: 'tooManyRequests',
	502: 'serverBusy',
	503: 'serverBusy',
	504: 'serverBusy',
};

function refused(
	facts: Omit<Failure, 'kind'> & { httpStatus: number },
	meaning: number,
	headers: HttpAnswer['headers'],
): Answer {
	const failure = { ...facts, retryAfterMs: retryAfterMs(headers['retry-after']) };
	const isRedirect = facts.httpStatus >= 300 && facts.httpStatus < 400;
	if (isRedirect) {
		return {
			ok: false,
			failure: { ...failure, kind: 'redirected', detail: hostOf(headers.location) },
		};
	}
	return { ok: false, failure: { ...failure, kind: BY_STATUS[meaning] ?? kindOf(meaning) } };
}

/** Codes of AI Rudder's own are in a table that could not be read: what they say of a request is not known. */
function kindOf(meaning: number): Failure['kind'] {
	if (meaning >= 400 && meaning < 500) return 'refused';
	return meaning >= 500 && meaning < 600 ? 'serverError' : 'unknownCode';
}

/** `Retry-After` is a number of seconds or a date. */
function retryAfterMs(header: unknown): number | undefined {
	if (typeof header !== 'string') return undefined;
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function hostOf(location: unknown): string {
	return typeof location === 'string' && URL.canParse(location)
		? new URL(location).host
		: 'another address';
}
