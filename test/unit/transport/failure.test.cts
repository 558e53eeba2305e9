/** What a person reads when a call did not succeed. */
import { ENDPOINT_NAMES, endpoint } from '../../../nodes/AiRudder/transport/endpoints.ts';
import {
	explain,
	failureFromError,
	maySendAgain,
	taken,
	type FailureKind,
} from '../../../nodes/AiRudder/transport/failure.ts';

/** Whether AI Rudder can have taken what was sent, and which calls are sent again. */
const KINDS: Record<FailureKind, ['no' | 'unknown', 'all' | 'reads' | 'none']> = {
	blocked: ['no', 'none'],
	cancelled: ['unknown', 'none'],
	cancelledBefore: ['no', 'none'],
	connectionLost: ['unknown', 'reads'],
	empty: ['unknown', 'none'],
	forbidden: ['no', 'none'],
	insecure: ['no', 'none'],
	loginRefused: ['no', 'none'],
	newTokenRefused: ['no', 'none'],
	noSuchEndpoint: ['no', 'none'],
	notAnApi: ['unknown', 'none'],
	redirected: ['unknown', 'none'],
	refused: ['no', 'none'],
	serverBusy: ['unknown', 'reads'],
	serverError: ['unknown', 'none'],
	timeout: ['unknown', 'none'],
	tlsBroken: ['unknown', 'none'],
	tooManyRequests: ['no', 'all'],
	unauthorized: ['no', 'none'],
	unexpected: ['unknown', 'none'],
	unknownCode: ['unknown', 'none'],
	unknownForm: ['unknown', 'none'],
	unreachable: ['no', 'all'],
	unreadable: ['unknown', 'none'],
};

describe.each(Object.keys(KINDS) as FailureKind[])('%s', (kind) => {
	test.each(ENDPOINT_NAMES)('of %s: what happened and what to do, in n8n’s manner', (name) => {
		const { message, description } = explain(
			{ kind, detail: 'what else is known' },
			endpoint(name),
		);
		for (const text of [message, description]) {
			expect(text).toMatch(/^\S.{10,}/);
			expect(text).not.toMatch(/\b(errors?|problems?|failures?|mistakes?|undefined)\b/i);
		}
	});
});

test.each([
	['refused', 'Check the IDs and values that you entered', 'Correct the values named above'],
	[
		'unknownCode',
		'Ask AI Rudder what the code means',
		'Go by its words above, or ask AI Rudder what the code means',
	],
] as const)('%s points to AI Rudder’s words only where there are any', (kind, without, given) => {
	const page = "AI Rudder's page: https://api-docs.airudder.com/api-154088166";
	const advice = (vendorMessage?: string) =>
		explain({ kind, vendorCode: 77_777, vendorMessage }, endpoint('workflowTask:find')).description;

	expect(advice()).toBe(`${without}. ${page}`);
	expect(advice('end_time is too early')).toBe(`${given}. ${page}`);
});

test.each(Object.keys(KINDS) as FailureKind[])('after %s nobody is dialled twice', (kind) => {
	const [mayBeTaken, again] = KINDS[kind];

	expect(taken({ kind })).toBe(mayBeTaken);
	expect(maySendAgain({ kind }, endpoint('call:get'))).toBe(again !== 'none');
	for (const name of ['workflowTask:create', 'contact:add', 'contact:update'] as const) {
		expect(maySendAgain({ kind }, endpoint(name))).toBe(again === 'all');
		const { description } = explain({ kind }, endpoint(name));
		expect(/may have taken it all the same/.test(description)).toBe(mayBeTaken === 'unknown');
	}
	expect(explain({ kind }, endpoint('call:get')).description).not.toMatch(/all the same/);
});

const caused = (link: object) => new Error('n8n', { cause: Object.assign(new Error('net'), link) });

test.each([
	[{ code: 'ECONNREFUSED', syscall: 'connect' }, 'unreachable', 'no'],
	[{ code: 'EHOSTUNREACH', syscall: 'connect' }, 'unreachable', 'no'],
	[{ code: 'EHOSTUNREACH', syscall: 'read' }, 'connectionLost', 'unknown'],
	[{ code: 'ENETUNREACH', syscall: 'write' }, 'connectionLost', 'unknown'],
	[{ code: 'ETIMEDOUT', syscall: 'connect' }, 'unreachable', 'no'],
	[{ code: 'ETIMEDOUT', syscall: 'read' }, 'timeout', 'unknown'],
	[{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'insecure', 'no'],
	[{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'insecure', 'no'],
	[{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'insecure', 'no'],
	[{ code: 'EPROTO', syscall: 'write' }, 'tlsBroken', 'unknown'],
	[{ code: 'ERR_SSL_BAD_RECORD_TYPE' }, 'tlsBroken', 'unknown'],
])('%j may have been taken: %s, %s', (link, kind, mayBeTaken) => {
	const failure = failureFromError(caused(link), 'api.example.com', 1000);
	expect(failure.kind).toBe(kind);
	expect(taken(failure)).toBe(mayBeTaken);
});

test.each([
	'Domain not allowed: This credential is restricted from accessing api.example.com. Only the following domains are allowed: api.airudder.com',
	'The request was blocked because it resolves to a restricted IP address',
	'The request was blocked because the destination hostname is restricted',
])('what n8n does not send was not taken: %s', (message) => {
	const failure = failureFromError(new Error(message), 'api.example.com', 1000);

	expect(taken(failure)).toBe('no');
	expect(explain(failure, endpoint('contact:add'))).toEqual({
		message: `n8n did not send the request: ${message}`,
		description: "Check the credential's allowed domains and this instance's network rules",
	});
});

test('what nobody has foreseen is quoted without phone numbers', () => {
	const failure = failureFromError(new Error('gone with +12025550123'), 'api.example.com', 1000);

	expect(failure).toEqual({ kind: 'unexpected', detail: 'gone with …123' });
});

test.each([
	[{ code: 'ECONNABORTED' }, 'timeout'],
	[{ code: 'ECONNRESET' }, 'connectionLost'],
	[{ code: 'EPIPE' }, 'connectionLost'],
	[{ code: 'ERR_BAD_RESPONSE' }, 'connectionLost'],
	[{ code: 'ERR_CANCELED' }, 'cancelled'],
	[{ code: 'ENOTFOUND' }, 'unreachable'],
	[{ code: 'EAI_AGAIN' }, 'unreachable'],
	[{ httpCode: '401' }, 'newTokenRefused'],
	[{ status: 401, httpCode: null }, 'newTokenRefused'],
])('%j is %s', (link, kind) => {
	expect(failureFromError(caused(link), 'api.example.com', 1000).kind).toBe(kind);
});

test('how long to wait is said where AI Rudder says it', () => {
	const { description } = explain(
		{ kind: 'tooManyRequests', retryAfterMs: 90_001 },
		endpoint('call:get'),
	);

	expect(description).toBe('Wait 91 seconds before the next try');
});
