import { documentationName, documentationUrl, type Endpoint } from './endpoints';
import { quotable } from './redact';

/**
 * Why a call did not succeed, and, which matters most for an upload, whether AI Rudder can have
 * taken it: `no` is certain, `unknown` means that contacts may already be on their way to be dialled.
 */
export interface Failure {
	kind: FailureKind;
	/** HTTP status of the answer, if there was one. */
	httpStatus?: number;
	/** `code` inside the answer's body. */
	vendorCode?: number;
	/** The vendor's own words, already safe to show. */
	vendorMessage?: string;
	/** What else is known: a host, a number of seconds, the reason of a refused login. */
	detail?: string;
	retryAfterMs?: number;
}

interface FailureRule {
	taken: 'no' | 'unknown';
	/** `always`: nothing was taken, so that even an upload may be sent again. */
	again: 'always' | 'ifRepeatable' | 'never';
	/** What happened. */
	message: (failure: Failure, endpoint: Endpoint) => string;
	/** What to do. */
	advice: (failure: Failure, endpoint: Endpoint) => string;
}

const answered = ({ httpStatus, vendorCode, vendorMessage }: Failure) => {
	const code =
		vendorCode !== undefined
			? `code ${vendorCode}`
			: httpStatus !== undefined
				? `HTTP ${httpStatus}`
				: '';
	return `${code ? ` (${code})` : ''}${vendorMessage ? `: ${vendorMessage}` : ''}`;
};

const page = (endpoint: Endpoint) =>
	`${documentationName(endpoint)}: ${documentationUrl(endpoint)}`;

const lookUp = (endpoint: Endpoint) =>
	endpoint.provenance === 'assumed'
		? `This path is an assumption, because AI Rudder's page could not be read. Look up the right one at ${documentationUrl(endpoint)} and enter it in the credential under 'Endpoint Overrides' for '${endpoint.title}'.`
		: `Check the 'Base URL' in the credential, and the path under 'Endpoint Overrides' if you set one. ${page(endpoint)}`;

const RULES = {
	blocked: {
		taken: 'no',
		again: 'never',
		message: ({ detail }) => `n8n did not send the request: ${detail}`,
		advice: () => "Check the credential's allowed domains and this instance's network rules",
	},
	cancelled: {
		taken: 'unknown',
		again: 'never',
		message: () => 'The execution was cancelled while AI Rudder was answering',
		advice: () => 'Run the workflow again when you are ready',
	},
	cancelledBefore: {
		taken: 'no',
		again: 'never',
		message: () => 'The execution was cancelled before this was sent',
		advice: () => 'Run the workflow again when you are ready',
	},
	connectionLost: {
		taken: 'unknown',
		again: 'ifRepeatable',
		message: () => 'The connection to AI Rudder broke before its answer was complete',
		advice: () => 'Try again in a moment',
	},
	empty: {
		taken: 'unknown',
		again: 'never',
		message: ({ detail }) => `AI Rudder's answer came without ${detail ?? 'data'}`,
		advice: (_, endpoint) =>
			`Check that the IDs you entered exist in this account. ${page(endpoint)}`,
	},
	forbidden: {
		taken: 'no',
		again: 'never',
		message: (failure) => `AI Rudder does not allow this for your App Key${answered(failure)}`,
		advice: () => 'Ask AI Rudder to enable the Workflow API for this App Key',
	},
	insecure: {
		taken: 'no',
		again: 'never',
		message: ({ detail }) => `The secure connection to ${detail} could not be established`,
		advice: () => "Check the 'Base URL' in the credential and the certificate of that host",
	},
	loginRefused: {
		taken: 'no',
		again: 'never',
		message: ({ detail }) => detail ?? 'AI Rudder did not accept the login',
		advice: () => 'To test the login, open the credential and press Retry there',
	},
	newTokenRefused: {
		taken: 'no',
		again: 'never',
		message: (failure) =>
			`AI Rudder does not accept a token it has just issued${answered(failure)}`,
		advice: () => 'Test the credential, and ask AI Rudder whether the App Key is still active',
	},
	noSuchEndpoint: {
		taken: 'no',
		again: 'never',
		message: (failure, endpoint) =>
			`AI Rudder knows no endpoint ${endpoint.path}${answered(failure)}`,
		advice: (_, endpoint) => lookUp(endpoint),
	},
	notAnApi: {
		taken: 'unknown',
		again: 'never',
		message: (_, endpoint) => `A web page came back from ${endpoint.path} instead of data`,
		advice: (_, endpoint) => lookUp(endpoint),
	},
	/** A 303 means that the request was taken; the others do not say. */
	redirected: {
		taken: 'unknown',
		again: 'never',
		message: ({ detail }) => `AI Rudder's address redirects to ${detail}`,
		advice: () =>
			"Redirects are not followed, so that neither your token nor your contacts reach another host. Check the 'Base URL' in the credential.",
	},
	refused: {
		taken: 'no',
		again: 'never',
		message: (failure) => `AI Rudder refused the request${answered(failure)}`,
		advice: ({ vendorMessage }, endpoint) =>
			`${vendorMessage ? 'Correct the values named above' : 'Check the IDs and values that you entered'}. ${page(endpoint)}`,
	},
	serverBusy: {
		taken: 'unknown',
		again: 'ifRepeatable',
		message: (failure) => `AI Rudder is not available right now${answered(failure)}`,
		advice: () => 'Try again in a few minutes',
	},
	serverError: {
		taken: 'unknown',
		again: 'never',
		message: (failure) => `AI Rudder could not process the request${answered(failure)}`,
		advice: () => 'Try again later, and tell AI Rudder if it goes on',
	},
	timeout: {
		taken: 'unknown',
		again: 'never',
		message: ({ detail }) => `AI Rudder did not answer within ${detail} seconds`,
		advice: () => 'Try again later, or ask for less at a time',
	},
	/** TLS may break after the request was read, too. */
	tlsBroken: {
		taken: 'unknown',
		again: 'never',
		message: ({ detail }) => `The secure connection to ${detail} broke`,
		advice: () => "Check the 'Base URL' in the credential and the certificate of that host",
	},
	tooManyRequests: {
		taken: 'no',
		again: 'always',
		message: (failure) => `AI Rudder asks for fewer requests${answered(failure)}`,
		advice: ({ retryAfterMs }) =>
			retryAfterMs
				? `Wait ${Math.ceil(retryAfterMs / 1000)} seconds before the next try`
				: 'Wait a minute, and send fewer items at a time',
	},
	/** The client renews the token on this, once. */
	unauthorized: {
		taken: 'no',
		again: 'never',
		message: (failure) => `AI Rudder does not accept the token${answered(failure)}`,
		advice: () => 'Test the credential, and ask AI Rudder whether the App Key is still active',
	},
	unexpected: {
		taken: 'unknown',
		again: 'never',
		message: ({ detail }) => `The request to AI Rudder did not succeed: ${detail}`,
		advice: (_, endpoint) =>
			`Try again in a moment. If it happens again, check the 'Base URL' in the credential and this instance's network rules. ${page(endpoint)}`,
	},
	unknownCode: {
		taken: 'unknown',
		again: 'never',
		message: (failure) =>
			`AI Rudder answered with a code that is not documented${answered(failure)}`,
		advice: ({ vendorMessage }, endpoint) =>
			`${vendorMessage ? 'Go by its words above, or ask' : 'Ask'} AI Rudder what the code means. ${page(endpoint)}`,
	},
	unknownForm: {
		taken: 'unknown',
		again: 'never',
		message: ({ detail }) =>
			`AI Rudder's answer could not be read: it is not empty, but has no ${detail} in any known place`,
		advice: () =>
			"This does not mean that nothing was found. To see the answer, turn off 'Simplify'.",
	},
	unreachable: {
		taken: 'no',
		again: 'always',
		message: ({ detail }) => `AI Rudder cannot be reached at ${detail}`,
		advice: () =>
			"Check the 'Base URL' in the credential and whether this n8n instance has access to the internet",
	},
	unreadable: {
		taken: 'unknown',
		again: 'never',
		message: (failure) => `AI Rudder's answer could not be read${answered(failure)}`,
		advice: () => 'Try again later, and tell AI Rudder if it goes on',
	},
} satisfies Record<string, FailureRule>;

export type FailureKind = keyof typeof RULES;

const ruleOf = (failure: Failure): FailureRule => RULES[failure.kind];

export const taken = (failure: Failure) => ruleOf(failure).taken;

export function maySendAgain(failure: Failure, { repeatable }: Endpoint): boolean {
	const { again } = ruleOf(failure);
	return again === 'always' || (again === 'ifRepeatable' && repeatable);
}

const MAY_HAVE_HAPPENED =
	"AI Rudder may have taken it all the same, so it was not sent again. Before you repeat it, look for new contacts with 'Workflow Task: Find' by phone number or case ID, and for changes in the AI Rudder console.";

/** The two sentences for the person in the editor: what happened, and what to do. */
export function explain(failure: Failure, endpoint: Endpoint) {
	const rule = ruleOf(failure);
	const unclear = rule.taken === 'unknown' && !endpoint.repeatable;
	return {
		message: rule.message(failure, endpoint),
		description: unclear ? MAY_HAVE_HAPPENED : rule.advice(failure, endpoint),
	};
}

const NETWORK: Record<string, FailureKind> = {
	EADDRNOTAVAIL: 'unreachable',
	EAI_AGAIN: 'unreachable',
	ECONNABORTED: 'timeout',
	ECONNREFUSED: 'unreachable',
	ECONNRESET: 'connectionLost',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	ENOTFOUND: 'unreachable',
	EPIPE: 'connectionLost',
	EPROTO: 'tlsBroken',
	ERR_BAD_RESPONSE: 'connectionLost',
	ERR_CANCELED: 'cancelled',
	ETIMEDOUT: 'timeout',
};

/** What a thrown error of n8n's HTTP helper, or of anything beneath it, says in these terms. */
export function failureFromError(error: unknown, host: string, timeoutMs: number): Failure {
	const chain = causes(error);
	const login = chain.find(({ name }) => name === LOGIN_REFUSED);
	if (login) return { kind: 'loginRefused', detail: login.message };
	if (chain.some(({ httpCode, status }) => String(httpCode ?? status) === '401')) {
		return { kind: 'newTokenRefused', httpStatus: 401 };
	}
	const code = chain.map((link) => link.code).find((each) => typeof each === 'string');
	const kind = kindOf(code ?? '', chain);
	if (kind === 'timeout') return { kind, detail: String(Math.round(timeoutMs / 1000)) };
	if (kind) return { kind, detail: host };
	const message = quotable(chain.map((link) => link.message).find(Boolean) ?? String(error));
	return {
		kind: /not allowed|blocked|SSRF/i.test(message) ? 'blocked' : 'unexpected',
		detail: message,
	};
}

function kindOf(code: string, chain: ErrorLink[]): FailureKind | undefined {
	if (code.startsWith('ERR_SSL')) return 'tlsBroken';
	if (/CERT|UNABLE_TO_(?:GET|VERIFY)/.test(code)) return 'insecure';
	if (chain.some(({ syscall }) => syscall === 'connect')) return 'unreachable';
	const wasConnected = chain.some(({ syscall }) => syscall === 'read' || syscall === 'write');
	return NETWORK[code] === 'unreachable' && wasConnected ? 'connectionLost' : NETWORK[code];
}

/** Name of the error that the login throws, which n8n hands on as the cause of its own. */
export const LOGIN_REFUSED = 'AiRudderLoginRefused';

interface ErrorLink {
	name?: string;
	message?: string;
	code?: string;
	syscall?: string;
	httpCode?: string | null;
	status?: number;
	cause?: unknown;
}

function causes(error: unknown): ErrorLink[] {
	const chain: ErrorLink[] = [];
	for (let link: unknown = error; link instanceof Error && chain.length < 10; link = link.cause) {
		chain.push(link);
	}
	return chain;
}
