/** What a person reads when a call did not succeed. */
import { ENDPOINT_NAMES, endpoint } from '../../../nodes/AiRudder/transport/endpoints.ts';
import { explain, type FailureKind } from '../../../nodes/AiRudder/transport/failure.ts';

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
