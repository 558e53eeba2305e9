import type { IHttpRequestHelper } from 'n8n-workflow';
import { z } from 'zod';
import { lazy } from '../lazy';
import { sha256 } from '../sha256';
import type { Answer, HttpAnswer } from './envelope';
import { openEnvelope } from './envelope';
import { explain, failureFromError, LOGIN_REFUSED, type Failure } from './failure';
import { withRetries } from './retry';
import { endpointFor, hostOf, settingsFault, type Settings } from './settings';

/** A token lives 24 hours (documented); it is renewed a little earlier. */
const TOKEN_LIFETIME_MS = 23 * 60 * 60 * 1000;

/** How long a login serves others that found their token refused at about the same time. */
const SHARED_LOGIN_MS = 60_000;

/** Private request header: tokens obtained before this moment (epoch ms) were refused. */
export const RENEW_BEFORE_HEADER = 'x-airudder-renew-before';

interface OwnRequest {
	/** Fires when nobody waits for its answer any more. */
	givenUp: AbortSignal;
	/** Whose it is: no other account's token may go where it goes. */
	account: string;
}

/** The client's requests, as n8n hands them from step to step. */
export const ownRequests = new WeakMap<object, OwnRequest>();

/** What a login leaves in the credential. */
export interface Session {
	sessionToken: string;
	/** Whose token it is: it must not outlive a change of key, secret or address. */
	sessionTokenAccount: string;
	/** When it was answered, epoch milliseconds: no request sent before can have carried it. */
	sessionTokenObtainedAt: number;
}

export const accountOf = ({ baseUrl, appKey, appSecret }: Settings) =>
	sha256([baseUrl, appKey, appSecret]);

export function isUsable(settings: Settings, renewBefore = 0): boolean {
	const { sessionToken, sessionTokenAccount, sessionTokenObtainedAt: obtainedAt } = settings;
	const now = Date.now();
	return (
		sessionToken !== '' &&
		sessionTokenAccount === accountOf(settings) &&
		obtainedAt >= Math.max(renewBefore, now - TOKEN_LIFETIME_MS) &&
		// Later than now if the clock was wrong: nothing that is refused would be older than it.
		obtainedAt <= now
	);
}

/** By account: the moment (epoch ms) before which all tokens were refused. */
const refusedBefore = new Map<string, number>();

/** What the credential holds when a new token is asked for may be older still than what was refused. */
export function noteRefusal(settings: Settings, renewBefore: number): void {
	const account = accountOf(settings);
	refusedBefore.set(account, Math.max(renewBefore, refusedBefore.get(account) ?? 0));
}

/** One login at a time and account: many items may find at once that their token is dead. */
const sharedLogins = new Map<string, { startedAt: number; session: Promise<Session> }>();

/**
 * How long a login that went wrong twice in a row is not tried again: many items fail within it, while
 * Retry On Fail waits as long before its next try.
 */
const LOGIN_PAUSE_MS = 1_000;

/** By account: how many logins in a row went wrong, and when and how the last of them did. */
const failedLogins = new Map<string, { inARow: number; at: number; error: unknown }>();

/** A new token: from a login under way or just made, if what it brings is newer than what was refused, or from another. */
export async function renewSession(http: IHttpRequestHelper, settings: Settings): Promise<Session> {
	// Before a shared login as well: n8n 1.x stores what it tests once there is a token.
	const fault = settingsFault(settings);
	if (fault) throw loginRefused(fault);
	const account = accountOf(settings);
	const { sessionTokenAccount, sessionTokenObtainedAt } = settings;
	const isOurs = sessionTokenAccount === account && sessionTokenObtainedAt <= Date.now();
	const oldTokenAt = isOurs ? sessionTokenObtainedAt : 0;
	const isNewer = ({ sessionTokenObtainedAt: obtainedAt }: Session) =>
		obtainedAt > oldTokenAt && obtainedAt >= (refusedBefore.get(account) ?? 0);
	for (;;) {
		const shared = sharedLogins.get(account);
		if (!shared || Date.now() - shared.startedAt > SHARED_LOGIN_MS) break;
		const session = await shared.session.catch(() => undefined);
		if (session && isNewer(session)) return session;
		if (sharedLogins.get(account) === shared) break;
	}
	const failed = failedLogins.get(account);
	const inARow = failed && Date.now() - failed.at < LOGIN_PAUSE_MS ? failed.inARow : 0;
	if (failed && inARow >= 2) throw failed.error;
	const session = logIn(http, settings, account);
	sharedLogins.set(account, { startedAt: Date.now(), session });
	void session.catch((error: unknown) => {
		failedLogins.set(account, { inARow: inARow + 1, at: Date.now(), error });
	});
	return await session;
}

const tokenSchema = lazy(() => z.object({ token: z.string().min(1) }));

async function logIn(
	{ helpers }: IHttpRequestHelper,
	settings: Settings,
	account: string,
): Promise<Session> {
	const endpoint = endpointFor('auth', settings);
	const { appKey, appSecret, baseUrl } = settings;
	const send = async (): Promise<Answer> => {
		try {
			const answer = (await helpers.httpRequest({
				method: endpoint.method,
				url: `${baseUrl}${endpoint.path}`,
				body: { APPKey: appKey, APPSecret: appSecret },
				headers: { 'Content-Type': 'application/json' },
				json: true,
				timeout: endpoint.timeoutMs,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
			})) as HttpAnswer;
			return openEnvelope(answer, [appKey, appSecret]);
		} catch (error) {
			const failure = failureFromError(error, hostOf(settings), endpoint.timeoutMs);
			return { ok: false, failure };
		}
	};
	const answer = await withRetries(endpoint, send);
	if (!answer.ok) {
		const { message, description } = explain(answer.failure, endpoint);
		throw loginRefused(
			REFUSALS[answer.failure.kind]?.(answer.failure, settings) ?? `${message}. ${description}`,
		);
	}
	const data = tokenSchema().safeParse(answer.data);
	if (!data.success) throw loginRefused(WRONG_ADDRESS(settings));
	return {
		sessionToken: data.data.token,
		sessionTokenAccount: account,
		sessionTokenObtainedAt: Date.now(),
	};
}

const WRONG_KEY = ({ vendorMessage }: Failure) =>
	`AI Rudder did not accept this App Key and App Secret${vendorMessage ? ` (${vendorMessage})` : ''}. Copy both again as AI Rudder gave them to you.`;

const WRONG_ADDRESS = (settings: Settings) =>
	`${hostOf(settings)} answers, but not as AI Rudder does. Check the 'Base URL': it usually is https://api.airudder.com.`;

/** The login's own words for what is usually a slip in the credential. */
const REFUSALS: Partial<Record<Failure['kind'], (failure: Failure, settings: Settings) => string>> =
	{
		forbidden: WRONG_KEY,
		refused: WRONG_KEY,
		unauthorized: WRONG_KEY,
		unknownCode: WRONG_KEY,
		noSuchEndpoint: (_, settings) => WRONG_ADDRESS(settings),
		notAnApi: (_, settings) => WRONG_ADDRESS(settings),
		redirected: (_, settings) => WRONG_ADDRESS(settings),
		unreadable: (_, settings) => WRONG_ADDRESS(settings),
		unreachable: (_, settings) =>
			`${hostOf(settings)} cannot be reached. Check the 'Base URL' and whether this n8n instance has access to the internet.`,
	};

export const loginRefused = (message: string) =>
	Object.assign(new Error(message), { name: LOGIN_REFUSED });
