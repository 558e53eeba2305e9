/** What a person reads when a call did not succeed. */
import { ENDPOINT_NAMES, endpoint } from '../../../nodes/AiRudder/transport/endpoints.ts';
import {
	explain,
	failureFromError,
	taken,
	type FailureKind,
} from '../../../nodes/AiRudder/transport/failure.ts';

const KINDS: Record<FailureKind, true> = {
	blocked: true,
	cancelled: true,
	connectionLost: true,
	empty: true,
	forbidden: true,
	insecure: true,
	loginRefused: true,
	newTokenRefused: true,
	noSuchEndpoint: true,
	notAnApi: true,
	redirected: true,
	refused: true,
	serverBusy: true,
	serverError: true,
	timeout: true,
	tlsBroken: true,
	tooManyRequests: true,
	unauthorized: true,
	unexpected: true,
	unknownCode: true,
	unknownForm: true,
	unreachable: true,
	unreadable: true,
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

const caused = (link: object) => new Error('n8n', { cause: Object.assign(new Error('net'), link) });

test.each([
	[{ code: 'ECONNREFUSED', syscall: 'connect' }, 'unreachable', 'no'],
	[{ code: 'EHOSTUNREACH', syscall: 'connect' }, 'unreachable', 'no'],
	[{ code: 'EHOSTUNREACH', syscall: 'read' }, 'connectionLost', 'unknown'],
	[{ code: 'ENETUNREACH', syscall: 'write' }, 'connectionLost', 'unknown'],
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
