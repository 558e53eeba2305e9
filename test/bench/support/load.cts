/** Sends prepared bodies to one address, so many at a time, and times each answer. */
import { Agent, request } from 'undici';

const TIMEOUT_MS = 120_000;

export interface Answers {
	/** Epoch milliseconds of the first request. */
	startedAt: number;
	durations: number[];
	/** Everything but 200. */
	failures: number;
}

export async function sendAll(
	url: string,
	bodies: readonly string[],
	concurrency: number,
): Promise<Answers> {
	const agent = new Agent({ connections: concurrency, pipelining: 1 });
	const answers: Answers = { startedAt: Date.now(), durations: [], failures: 0 };
	const waiting = [...bodies];
	const sender = async (): Promise<void> => {
		for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
			const sentAt = performance.now();
			const response = await request(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body,
				dispatcher: agent,
				headersTimeout: TIMEOUT_MS,
				bodyTimeout: TIMEOUT_MS,
			});
			await response.body.dump();
			answers.durations.push(performance.now() - sentAt);
			if (response.statusCode !== 200) answers.failures++;
		}
	};
	await Promise.all(Array.from({ length: concurrency }, sender));
	await agent.close();
	return answers;
}
