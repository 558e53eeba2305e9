/** What each fault has to come out as: the class of message, whether a second try is made. */
import type { FaultKind } from '../../simulator/index.cts';

/** What the user reads, by class. */
export const MESSAGES = {
	broken: /broke before its answer was complete/,
	empty: /came without|gave no call|answers, but not as AI Rudder does/,
	forbidden: /does not allow this for your App Key|did not accept this App Key/,
	insecure: /secure connection/,
	page: /web page came back|answers, but not as AI Rudder does/,
	redirected: /redirects to|answers, but not as AI Rudder does/,
	refused: /refused the request|did not accept this App Key/,
	serverError: /could not process the request/,
	throttled: /asks for fewer requests/,
	timeout: /did not answer within/,
	token: /does not accept (?:a token it has just issued|the token)|did not accept this App Key/,
	unknownCode: /code that is not documented|did not accept this App Key/,
	unavailable: /is not available right now/,
	unreachable: /cannot be reached/,
	unreadable: /could not be read|answers, but not as AI Rudder does/,
} as const;

export type Outcome = keyof typeof MESSAGES | 'ok';

export interface FaultCase {
	name: string;
	/** Unset for what is no answer of the vendor at all. */
	kind?: FaultKind;
	/** How it ends when it stays. */
	outcome: Outcome;
	/** `always`: surely not taken; `ifRepeatable`: perhaps taken; `once`: with a new token. */
	again?: 'always' | 'ifRepeatable' | 'once';
}

/** As many as the client makes of one call. */
export const TRIES = 4;

const fault = (kind: FaultKind, outcome: Outcome, again?: FaultCase['again']): FaultCase => ({
	name: kind,
	kind,
	outcome,
	...(again && { again }),
});

export const FAULTS: readonly FaultCase[] = [
	fault('http-401', 'token', 'once'),
	fault('body-401', 'token', 'once'),
	fault('body-403', 'forbidden'),
	fault('body-500', 'serverError'),
	fault('body-400', 'refused'),
	fault('body-unknown', 'unknownCode'),
	fault('empty-data', 'empty'),
	fault('http-429', 'throttled', 'always'),
	fault('http-429-retry-after', 'throttled', 'always'),
	fault('http-500', 'serverError'),
	fault('http-502', 'unavailable', 'ifRepeatable'),
	fault('http-503', 'unavailable', 'ifRepeatable'),
	fault('http-504', 'unavailable', 'ifRepeatable'),
	fault('reset-before', 'broken', 'ifRepeatable'),
	fault('reset-during', 'broken', 'ifRepeatable'),
	fault('reset-after', 'broken', 'ifRepeatable'),
	fault('timeout-before', 'timeout'),
	fault('timeout-after', 'timeout'),
	fault('truncated-json', 'unreadable'),
	fault('html', 'page'),
	fault('wrong-content-type', 'ok'),
	fault('gzip', 'ok'),
	fault('huge-answer', 'ok'),
	fault('redirect-other-host', 'redirected'),
	fault('slow-trickle', 'timeout'),
	{ name: 'TLS failure', outcome: 'insecure' },
	// Last, because the port stays shut after it.
	{ name: 'connection refused', outcome: 'unreachable', again: 'always' },
];
