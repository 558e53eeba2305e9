import type { IWebhookFunctions } from 'n8n-workflow';
import { object, text } from '../records/read';
import type { Outcome } from '../waiting/resume';
import { PREFIX } from './answers';
import { LONGEST_WAIT_MS, passed } from './outcome';

/** Pauses grow up to the longest: the execution is stored as waiting soon after the call has begun. */
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 5_000;

/** With a limit of concurrent executions n8n answers once there is room. */
const LONGEST_ANSWER_MS = 30_000;

/**
 * In queue mode n8n stores the signature of an execution that was started by hand together with its
 * wait: for so long a refusal may be about an execution that does not wait yet.
 */
const LONGEST_REFUSAL_MS = 60_000;

/** What n8n said; no status if it said nothing. */
interface Answer {
	status?: number;
	body?: unknown;
}

/** Whether the waiting execution has taken the outcome; asks again for about five minutes. */
export async function handOver(
	context: IWebhookFunctions,
	address: string,
	executionId: string,
	outcome: Outcome,
): Promise<boolean> {
	const startedAt = Date.now();
	for (let tries = 1; ; tries++) {
		const answer = await post(context, address, outcome);
		const age = Date.now() - startedAt;
		const end = endOf(answer, age);
		if (end !== undefined) {
			const { log, taken, level = 'info' } = end;
			context.logger[level](`${PREFIX} ${log}: execution ${executionId}`);
			return taken;
		}
		const pause = Math.min(FIRST_PAUSE_MS * tries, LONGEST_PAUSE_MS);
		if (age + pause > LONGEST_WAIT_MS) {
			context.logger.warn(
				`${PREFIX} gave up handing an outcome to execution ${executionId}: the last answer of n8n's own webhook address was ${answer.status ?? 'none'}`,
			);
			return false;
		}
		await passed(pause);
	}
}

interface End {
	taken: boolean;
	log: string;
	level?: 'debug' | 'warn';
}

/** How it ended; `undefined` if it may go better the next time. */
function endOf({ status, body }: Answer, ageMs: number): End | undefined {
	// No answer, a busy database, or a copy that was quicker: the next answer tells.
	if (status === undefined || status >= 500 || status === 429) return undefined;
	if (status >= 200 && status < 300) {
		return object(body).resumed === true
			? { taken: true, log: 'handed over the outcome of a call', level: 'debug' }
			: { taken: false, log: 'found another call awaited' };
	}
	if (status === 409) {
		// Until it is stored as waiting an execution counts as running.
		if (text(object(body).message)?.includes('running already')) return undefined;
		return { taken: false, log: 'found no wait any more' };
	}
	if (status === 401 && ageMs < LONGEST_REFUSAL_MS) return undefined;
	if (status === 401 || status === 404) {
		return { taken: false, log: `found nobody who waits for an outcome (answer ${status})` };
	}
	return {
		taken: false,
		log: `could not hand over an outcome: n8n's own webhook address answers ${status}`,
		level: 'warn',
	};
}

async function post(
	context: IWebhookFunctions,
	address: string,
	outcome: Outcome,
): Promise<Answer> {
	// n8n's time-out starts anew with each byte; a trickling answer has to end, too.
	const late = passed(LONGEST_ANSWER_MS).then((): Answer => ({}));
	return await Promise.race([late, request(context, address, outcome)]);
}

async function request(
	context: IWebhookFunctions,
	address: string,
	{ reference, call }: Outcome,
): Promise<Answer> {
	try {
		const answer: unknown = await context.helpers.httpRequest({
			method: 'POST',
			url: address,
			body: { reference, call },
			json: true,
			timeout: LONGEST_ANSWER_MS,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		});
		const { statusCode, body } = object(answer);
		return typeof statusCode === 'number' ? { status: statusCode, body } : {};
	} catch {
		return {};
	}
}
