import { sleep } from 'n8n-workflow';
import type { Endpoint } from './endpoints';
import type { Answer } from './envelope';
import { maySendAgain } from './failure';

const MAX_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * Sends a call, and sends it again with growing, jittered pauses where that cannot do harm.
 * A `Retry-After` of the vendor is honoured up to a minute; a longer one ends the tries.
 */
export async function withRetries(
	endpoint: Endpoint,
	send: () => Promise<Answer>,
	stop?: AbortSignal,
): Promise<Answer> {
	for (let attempt = 1; ; attempt++) {
		const answer = await send();
		if (answer.ok || attempt === MAX_ATTEMPTS || !maySendAgain(answer.failure, endpoint)) {
			return answer;
		}
		const backOffMs = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (1 + Math.random() / 2);
		const pauseMs = answer.failure.retryAfterMs ?? backOffMs;
		if (pauseMs > LONGEST_RETRY_AFTER_MS) return answer;
		await pause(pauseMs, stop);
		if (stop?.aborted) return answer;
	}
}

/** Waits, but no longer than until the signal fires. */
export async function pause(ms: number, stop?: AbortSignal): Promise<void> {
	if (!stop) return await sleep(ms);
	const settled = new AbortController();
	await Promise.race([sleep(ms), aborted(stop, settled.signal)]);
	// Node.js keeps a signal that is made of several while somebody listens to it.
	settled.abort();
}

/** Resolves when the signal fires, unless nobody has been interested any more since `settled`. */
export async function aborted(signal: AbortSignal, settled?: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		signal.addEventListener('abort', () => resolve(), { once: true, signal: settled });
	});
}
