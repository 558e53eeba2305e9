import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import type { z } from 'zod';
import type { Endpoint, EndpointName } from './endpoints';
import { openEnvelope, type Answer, type HttpAnswer } from './envelope';
import { explain, failureFromError, type Failure } from './failure';
import { accountOf, ownRequests, RENEW_BEFORE_HEADER } from './login';
import { aborted, withRetries } from './retry';
import { endpointFor, hostOf, readSettings, settingsFault, type Settings } from './settings';

const CREDENTIAL = 'aiRudderApi';

/** Where a call may come from: an action, a picker in the editor, a webhook that asks back. */
export type CallContext = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export interface SendOptions {
	/** Longest wait for a complete answer in milliseconds; the endpoint's own unless given. */
	timeoutMs?: number;
	/** False for somebody who cannot wait for a second try. */
	retry?: boolean;
	/** Ends the tries; what is under way is waited for. */
	stop?: AbortSignal;
}

/** The only code that speaks HTTP with AI Rudder. */
export class AiRudderClient {
	private constructor(
		private readonly context: CallContext,
		private readonly settings: Settings,
	) {}

	static async create(context: CallContext): Promise<AiRudderClient> {
		const settings = readSettings(await context.getCredentials(CREDENTIAL));
		const fault = settingsFault(settings);
		if (fault) {
			throw new NodeOperationError(context.getNode(), fault, {
				description: "Open the node's credential and correct it",
			});
		}
		return new AiRudderClient(context, settings);
	}

	/**
	 * One call, opened: `data` of the vendor's envelope, checked against `schema`.
	 * @throws NodeApiError that says what happened and what to do
	 */
	async call<T extends z.ZodTypeAny>(
		name: EndpointName,
		parameters: IDataObject,
		schema: T,
		options: SendOptions = {},
	): Promise<{ data: z.output<T>; response: unknown }> {
		const answer = await this.send(name, parameters, options);
		if (!answer.ok) throw this.toNodeError(answer.failure, name);
		const data = schema.safeParse(answer.data);
		if (!data.success) {
			const [issue] = data.error.issues;
			const detail = issue?.path.length ? `'${issue.path.join('.')}'` : undefined;
			throw this.toNodeError({ kind: 'empty', detail }, name);
		}
		return { data: data.data, response: answer.response };
	}

	/** One call whose outcome the caller wants to judge: an upload has to know what may have been taken. */
	async send(
		name: EndpointName,
		parameters: IDataObject,
		{ timeoutMs, retry = true, stop }: SendOptions = {},
	): Promise<Answer> {
		const known = endpointFor(name, this.settings);
		const endpoint = { ...known, timeoutMs: timeoutMs ?? known.timeoutMs };
		const cancelled = this.cancelSignal();
		let renewBefore: number | undefined;
		const attempt = async (): Promise<Answer> => {
			if (cancelled?.aborted) return { ok: false, failure: { kind: 'cancelledBefore' } };
			const sentAt = Date.now();
			const answer = await this.request(endpoint, parameters, renewBefore);
			const tokenRefused = !answer.ok && answer.failure.kind === 'unauthorized';
			if (!tokenRefused || renewBefore !== undefined || stop?.aborted) return answer;
			renewBefore = sentAt;
			return await attempt();
		};
		if (!retry) return await attempt();
		const signals = [cancelled, stop].filter((signal) => signal !== undefined);
		return await withRetries(endpoint, attempt, AbortSignal.any(signals));
	}

	toNodeError(failure: Failure, name: EndpointName): NodeApiError {
		const { message, description } = explain(failure, endpointFor(name, this.settings));
		const code = failure.vendorCode ?? failure.httpStatus;
		return new NodeApiError(
			this.context.getNode(),
			{},
			{ message, description, ...(code !== undefined && { httpCode: String(code) }) },
		);
	}

	private cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}

	private async request(
		{ method, path, timeoutMs }: Endpoint,
		parameters: IDataObject,
		renewBefore?: number,
	): Promise<Answer> {
		const { appKey, appSecret, baseUrl, sessionToken } = this.settings;
		const options: IHttpRequestOptions = {
			method,
			url: `${baseUrl}${path}`,
			...(method === 'GET' ? { qs: parameters } : { body: parameters }),
			headers: {
				'Content-Type': 'application/json',
				'User-Agent': 'Airudder',
				...(renewBefore !== undefined && { [RENEW_BEFORE_HEADER]: String(renewBefore) }),
			},
			json: true,
			timeout: timeoutMs,
			// Neither the token nor the contacts may follow a redirect to another host.
			disableFollowRedirect: true,
			// The answer's body says more than n8n's text for a status; 401 is left to n8n, which renews the token.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			returnFullResponse: true,
		};
		// n8n's time-out starts anew with each byte; a trickling answer has to end, too.
		const deadline = AbortSignal.timeout(timeoutMs);
		ownRequests.set(options, { givenUp: deadline, account: accountOf(this.settings) });
		const settled = new AbortController();
		let answer: HttpAnswer | 'late';
		try {
			answer = await Promise.race<HttpAnswer | 'late'>([
				this.context.helpers.httpRequestWithAuthentication.call(this.context, CREDENTIAL, options),
				aborted(deadline, settled.signal).then(() => 'late' as const),
			]);
		} catch (error) {
			return { ok: false, failure: failureFromError(error, hostOf(this.settings), timeoutMs) };
		} finally {
			// The deadline would hold the answer in memory until it is over.
			settled.abort();
		}
		if (answer === 'late') {
			return { ok: false, failure: { kind: 'timeout', detail: String(timeoutMs / 1000) } };
		}
		const opened = openEnvelope(answer, [appKey, appSecret]);
		if (opened.ok || opened.failure.vendorMessage === undefined) return opened;
		const newToken = await this.newToken();
		return newToken === undefined
			? { ok: false, failure: { ...opened.failure, vendorMessage: undefined } }
			: openEnvelope(answer, [appKey, appSecret, sessionToken, newToken]);
	}

	/**
	 * The token, which n8n may have renewed since the settings were read; `undefined` if n8n cannot tell,
	 * which is no reason to think otherwise of what AI Rudder has answered.
	 */
	private async newToken(): Promise<string | undefined> {
		try {
			return readSettings(await this.context.getCredentials(CREDENTIAL)).sessionToken;
		} catch {
			return undefined;
		}
	}
}
