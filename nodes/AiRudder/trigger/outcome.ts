import type { WebhookResponse } from './answers';

/**
 * A sender waits 10 seconds and repeats for about five minutes (documented for some events, assumed
 * for the others): later nobody asks any more.
 */
export const LONGEST_WAIT_MS = 5 * 60_000;
const LOOK_AGAIN_MS = 500;

/**
 * Whether n8n has stored the execution of a notice: it answers 200 after storing, and an error if it
 * could not. A sender who hangs up says nothing about that: n8n goes on and ends the response later.
 * What is still open after five minutes counts as not stored.
 */
export async function isStored(response: WebhookResponse): Promise<boolean> {
	const until = Date.now() + LONGEST_WAIT_MS;
	await answeredOrGone(response);
	while (!response.writableEnded && Date.now() < until) await passed(LOOK_AGAIN_MS);
	return response.writableEnded && response.statusCode >= 200 && response.statusCode < 300;
}

async function answeredOrGone(response: WebhookResponse): Promise<void> {
	if (response.writableEnded || response.closed) return;
	await new Promise<void>((resolve) => {
		response.once('finish', resolve);
		response.once('close', resolve);
	});
}

/** A pause that does not keep n8n from ending. */
export async function passed(ms: number): Promise<void> {
	const signal = AbortSignal.timeout(Math.max(0, Math.round(ms)));
	await new Promise<void>((resolve) => {
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}
