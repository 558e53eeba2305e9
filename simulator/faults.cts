/** The table of faults: what each does to the answer, and whether the request is taken. */
import { gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import type { Answer } from './envelope.cts';
import type { OperationName } from './operations/index.cts';

export interface FaultContext {
	reply: FastifyReply;
	/** What would have been answered: the operation's when taken, else a bare success. */
	answer: Answer;
	rule: FaultRule;
	otherHostUrl: string;
	path: string;
	/** Waits real time; ends with the simulator. */
	wait(ms: number): Promise<void>;
	/** Stops listening for a while. */
	refuseConnections(forMs: number): void;
}

interface Fault {
	/** Whether the operation really happens. */
	taken: boolean;
	act(context: FaultContext): unknown;
}

/** A refusal repeats the token that came, so that a client which shows the vendor's words is found out. */
const refusal = ({ request }: FastifyReply, code: number, message: string) => {
	const { authorization } = request.headers;
	const said = authorization ? `${message} (got ${authorization.split(' ').at(-1)})` : message;
	return { data: null, status: 'FAIL', code, message: said };
};

const status =
	(code: number, message: string, headers: Record<string, string> = {}) =>
	({ reply }: FaultContext) =>
		reply
			.code(code)
			.headers(headers)
			.send(refusal(reply, code, message));

const bodyCode =
	(code: number, message: string) =>
	({ reply }: FaultContext) =>
		reply.send(refusal(reply, code, message));

const page = (title: string): string =>
	`<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`;

const gatewayPage =
	(code: number, title: string) =>
	({ reply }: FaultContext) =>
		reply
			.code(code)
			.type('text/html')
			.send(page(`${code} ${title}`));

const json = ({ answer }: FaultContext): string => JSON.stringify(answer.body);

const halfOf = (text: string): string => text.slice(0, Math.max(1, text.length >> 1));

const reset = ({ reply }: FaultContext): void => {
	reply.hijack();
	reply.raw.socket?.resetAndDestroy();
};

/** The connection stays open and silent until the client or the simulator gives up. */
const silence = ({ reply }: FaultContext): void => {
	reply.hijack();
};

const BUSY = 'too many requests';
const HUGE_BYTES = 10 * 1024 * 1024;
const TRICKLE_PIECES = 20;

const table = {
	'http-401': { taken: false, act: status(401, 'token is invalid') },
	'body-401': { taken: false, act: bodyCode(401, 'token is invalid') },
	'body-403': { taken: false, act: bodyCode(403, 'no permission') },
	'body-500': { taken: false, act: bodyCode(500, 'internal error') },
	'body-400': { taken: false, act: bodyCode(400, 'invalid parameter') },
	/** Nothing says that what comes with an undocumented code was not taken. */
	'body-unknown': { taken: true, act: bodyCode(77_777, 'something unheard of') },
	'empty-data': {
		taken: false,
		act: ({ reply }) => reply.send({ data: {}, status: 'OK', code: 200 }),
	},
	/** Says that a contact was not taken, and not which. */
	'rejects-somebody': {
		taken: true,
		act: ({ reply }) => {
			const data = { workflow_id: 'w1', detail_error_list: [{ message: 'not found' }] };
			return reply.send({ data, status: 'OK', code: 200 });
		},
	},
	'http-429': { taken: false, act: status(429, BUSY) },
	'http-429-retry-after': {
		taken: false,
		act: (context) =>
			status(429, BUSY, { 'retry-after': String(context.rule.retryAfter ?? 1) })(context),
	},
	'http-500': { taken: false, act: status(500, 'internal error') },
	'http-502': { taken: false, act: gatewayPage(502, 'Bad Gateway') },
	'http-503': { taken: false, act: gatewayPage(503, 'Service Temporarily Unavailable') },
	'http-504': { taken: false, act: gatewayPage(504, 'Gateway Time-out') },
	'reset-before': { taken: false, act: reset },
	'reset-during': {
		taken: true,
		act: async (context) => {
			const { raw } = context.reply.hijack();
			const text = json(context);
			raw.writeHead(200, {
				'content-type': 'application/json',
				'content-length': Buffer.byteLength(text),
			});
			await new Promise((resolve) => raw.write(halfOf(text), resolve));
			// A reset may overtake bytes still on their way: let the first half arrive.
			await context.wait(20);
			raw.socket?.resetAndDestroy();
		},
	},
	'reset-after': { taken: true, act: reset },
	'timeout-before': { taken: false, act: silence },
	'timeout-after': { taken: true, act: silence },
	'truncated-json': {
		taken: true,
		act: (context) => context.reply.type('application/json').send(halfOf(json(context))),
	},
	html: {
		taken: false,
		act: ({ reply }) => reply.type('text/html').send(page('Sign in to the network')),
	},
	'wrong-content-type': {
		taken: true,
		act: (context) => context.reply.type('text/plain').send(json(context)),
	},
	gzip: {
		taken: true,
		act: (context) =>
			context.reply
				.type('application/json')
				.header('content-encoding', 'gzip')
				.send(gzipSync(json(context))),
	},
	'huge-answer': {
		taken: true,
		act: ({ reply, answer }) => reply.send({ ...answer.body, padding: 'x'.repeat(HUGE_BYTES) }),
	},
	'redirect-other-host': {
		taken: false,
		// 307 keeps method and body: the most harm that a redirect can do.
		act: ({ reply, otherHostUrl, path }) => reply.redirect(`${otherHostUrl}${path}`, 307),
	},
	'slow-trickle': {
		taken: true,
		act: async (context) => {
			const { raw } = context.reply.hijack();
			const text = json(context);
			raw.writeHead(200, { 'content-type': 'application/json' });
			const size = Math.ceil(text.length / TRICKLE_PIECES);
			for (let from = 0; from < text.length; from += size) {
				raw.write(text.slice(from, from + size));
				await context.wait((context.rule.forMs ?? 2_000) / TRICKLE_PIECES);
			}
			raw.end();
		},
	},
	/** This request is reset, and for a while nothing listens any more. */
	refused: {
		taken: false,
		act: (context) => {
			context.refuseConnections(context.rule.forMs ?? 1_000);
			reset(context);
		},
	},
} satisfies Record<string, Fault>;

export type FaultKind = keyof typeof table;

export const faults: Record<FaultKind, Fault> = table;

export const faultKinds: FaultKind[] = Object.keys(table).filter(isFaultKind);

function isFaultKind(kind: string): kind is FaultKind {
	return Object.hasOwn(table, kind);
}

export interface FaultRule {
	kind: FaultKind;
	/** Without it: every operation. */
	operation?: OperationName;
	/** How many requests it hits; without it all of them. */
	times?: number;
	/** How many fitting requests pass before the first hit. */
	after?: number;
	/** Overrules the kind's own answer, e.g. a 502 whose request was taken all the same. */
	taken?: boolean;
	/** Seconds, for `http-429-retry-after`. */
	retryAfter?: number;
	/** Real milliseconds, for `slow-trickle` (in all) and `refused`. */
	forMs?: number;
}
