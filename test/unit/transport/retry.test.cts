import type { Answer } from '../../../nodes/AiRudder/transport/envelope.ts';
import { endpoint } from '../../../nodes/AiRudder/transport/endpoints.ts';
import type { Failure } from '../../../nodes/AiRudder/transport/failure.ts';
import { withRetries } from '../../../nodes/AiRudder/transport/retry.ts';

const read = endpoint('call:get');
const upload = endpoint('contact:add');

/** Sends until told otherwise; gives the times between tries in seconds of a faked clock. */
async function pauses(spec: typeof read, failure: Failure): Promise<number[]> {
	jest.useFakeTimers();
	const times: number[] = [];
	const send = async (): Promise<Answer> => {
		times.push(Date.now());
		return { ok: false, failure };
	};
	const run = withRetries(spec, send);
	await jest.advanceTimersByTimeAsync(300_000);
	await run;
	jest.useRealTimers();
	return times.slice(1).map((time, index) => (time - times[index]) / 1000);
}

const within = (seconds: number[], bounds: Array<[number, number]>) => {
	expect(seconds).toHaveLength(bounds.length);
	seconds.forEach((pause, index) => {
		expect(pause).toBeGreaterThanOrEqual(bounds[index][0]);
		expect(pause).toBeLessThanOrEqual(bounds[index][1]);
	});
};

test('a read is tried four times, with pauses that double and are never quite the same', async () => {
	within(await pauses(read, { kind: 'serverBusy' }), [
		[0.5, 0.75],
		[1, 1.5],
		[2, 3],
	]);
});

test("the vendor's Retry-After is kept to", async () => {
	within(await pauses(read, { kind: 'tooManyRequests', retryAfterMs: 7000 }), [
		[7, 7],
		[7, 7],
		[7, 7],
	]);
});

test('a Retry-After of more than a minute ends the tries', async () => {
	within(await pauses(read, { kind: 'tooManyRequests', retryAfterMs: 61_000 }), []);
});

test('an upload is sent again only where nothing can have been taken', async () => {
	expect(await pauses(upload, { kind: 'tooManyRequests' })).toHaveLength(3);
	expect(await pauses(upload, { kind: 'unreachable' })).toHaveLength(3);
	for (const kind of [
		'connectionLost',
		'serverBusy',
		'serverError',
		'timeout',
		'unreadable',
	] as const) {
		expect(await pauses(upload, { kind })).toEqual([]);
	}
});

test('cancelling the execution ends a pause and the tries', async () => {
	jest.useFakeTimers();
	const cancelling = new AbortController();
	const start = Date.now();
	setTimeout(() => cancelling.abort(), 200);
	let tries = 0;
	const send = async (): Promise<Answer> => {
		tries++;
		return { ok: false, failure: { kind: 'serverBusy' } };
	};
	const ended = withRetries(read, send, cancelling.signal).then(() => Date.now() - start);
	await jest.advanceTimersByTimeAsync(300_000);
	jest.useRealTimers();

	expect(await ended).toBe(200);
	expect(tries).toBe(1);
});
