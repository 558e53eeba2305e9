/** What an answer means: the HTTP status, the code in its body, or both together. */
import { openEnvelope } from '../../../nodes/AiRudder/transport/envelope.ts';
import { taken } from '../../../nodes/AiRudder/transport/failure.ts';

const answered = (
	statusCode: number,
	body: unknown,
	headers: Record<string, unknown> = {},
	secrets: string[] = [],
) => openEnvelope({ statusCode, headers, body }, secrets);

function failureOf(...answer: Parameters<typeof answered>) {
	const opened = answered(...answer);
	if (opened.ok) throw new Error('It was taken for a success');
	return opened.failure;
}

const PAGE = '<html><head><title>Bad Gateway</title></head></html>';

test.each([200, '200'])('code %p is a success', (code) => {
	const body = { data: { workflow_id: 'w1' }, status: 'OK', code };

	expect(answered(200, body)).toEqual({ ok: true, data: { workflow_id: 'w1' }, response: body });
});

test.each([
	[200, { code: 400 }, 'refused', 'no'],
	[200, { code: 401 }, 'unauthorized', 'no'],
	[200, { code: 403 }, 'forbidden', 'no'],
	[200, { code: 404, message: 'contact not found' }, 'refused', 'no'],
	[200, { code: 404, message: 'no such interface' }, 'noSuchEndpoint', 'no'],
	[200, { code: 405, message: 'method not allowed' }, 'noSuchEndpoint', 'no'],
	[200, { code: 405, message: 'contact is locked' }, 'refused', 'no'],
	[200, { code: 429 }, 'tooManyRequests', 'no'],
	[200, { code: 499 }, 'refused', 'no'],
	[200, { code: 399 }, 'unknownCode', 'unknown'],
	[200, { code: 0 }, 'unknownCode', 'unknown'],
	[200, { code: 500 }, 'serverError', 'unknown'],
	[200, { code: 503 }, 'serverBusy', 'unknown'],
	[200, { code: 599 }, 'serverError', 'unknown'],
	[200, { code: 600 }, 'unknownCode', 'unknown'],
	[200, {}, 'unreadable', 'unknown'],
	[200, '', 'unreadable', 'unknown'],
	[200, PAGE, 'notAnApi', 'unknown'],
	[200, `<!DOCTYPE html>${PAGE}`, 'notAnApi', 'unknown'],
	[302, '', 'redirected', 'unknown'],
	[302, { code: 200 }, 'unreadable', 'unknown'],
	[400, { code: 200 }, 'unreadable', 'unknown'],
	[400, { code: 10_001 }, 'refused', 'no'],
	[401, { code: 401 }, 'unauthorized', 'no'],
	[403, PAGE, 'forbidden', 'no'],
	[404, PAGE, 'noSuchEndpoint', 'no'],
	[405, PAGE, 'noSuchEndpoint', 'no'],
	[408, PAGE, 'serverBusy', 'unknown'],
	[413, PAGE, 'refused', 'no'],
	[429, { code: 200 }, 'unreadable', 'unknown'],
	[429, PAGE, 'tooManyRequests', 'no'],
	[500, { code: 200 }, 'serverError', 'unknown'],
	[500, { code: 400 }, 'serverError', 'unknown'],
	[502, PAGE, 'serverBusy', 'unknown'],
	[504, { code: 401 }, 'serverBusy', 'unknown'],
])('HTTP %i with %j: %s, taken: %s', (statusCode, body, kind, mayBeTaken) => {
	const failure = failureOf(statusCode, body);

	expect(failure.kind).toBe(kind);
	expect(taken(failure)).toBe(mayBeTaken);
});

const WORDS = 'token s3cret: +12025550123 is invalid';

test.each([{ message: WORDS }, { msg: WORDS }, { message: '', msg: WORDS }])(
	"the vendor's words in %j are safe to show",
	(words) => {
		const { vendorMessage } = failureOf(200, { code: 400, ...words }, {}, ['s3cret']);

		expect(vendorMessage).toBe('token ***: …123 is invalid');
	},
);

test.each([
	['120', 120_000],
	['Sun, 22 Nov 2026 07:01:30 GMT', 90_000],
	['Sun, 22 Nov 2026 06:00:00 GMT', 0],
	['soon', undefined],
	[undefined, undefined],
])('Retry-After: %s', (header, ms) => {
	jest.useFakeTimers({ now: Date.parse('2026-11-22T07:00:00Z') });
	const { retryAfterMs } = failureOf(429, PAGE, { 'retry-after': header });
	jest.useRealTimers();

	expect(retryAfterMs).toBe(ms);
});

test.each([
	['https://login.example.com/?next=%2B12025550123', 'login.example.com'],
	['/elsewhere?next=%2B12025550123', 'another address'],
])('of a redirect to %s no more is shown than the host', (location, detail) => {
	expect(failureOf(302, '', { location }).detail).toBe(detail);
});
