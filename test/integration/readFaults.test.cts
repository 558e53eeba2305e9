import { getEventListeners } from 'node:events';
import type { FaultKind } from '../../simulator/index.cts';
import { execute, failure } from './support/n8n.cts';
import { simulated } from './support/simulated.cts';

const world = simulated();

const GET_CALLS = {
	resource: 'outboundTask',
	operation: 'getCalls',
	taskId: '459acf3df0ec4b1d8a9679dc208ad96f',
	returnAll: true,
};

const FIND = {
	resource: 'workflowTask',
	operation: 'find',
	phoneNumber: '+12025550123',
	startTime: '2026-01-01T00:00:00',
	endTime: '2099-01-01T00:00:00',
};

/** A lasting fault, what the user reads, and how often the vendor was asked. */
const LASTING: Array<[FaultKind, RegExp, number]> = [
	['body-403', /does not allow this for your App Key \(code 403\)/, 1],
	['body-500', /could not process the request \(code 500\)/, 1],
	['body-400', /refused the request \(code 400\): invalid parameter/, 1],
	['body-unknown', /code that is not documented \(code 77777\): something unheard of/, 1],
	['empty-data', /came without data/, 1],
	['html', /web page came back/, 1],
	['http-429', /asks for fewer requests/, 4],
	['http-500', /could not process the request/, 1],
	['http-502', /is not available right now/, 4],
	['http-503', /is not available right now/, 4],
	['http-504', /is not available right now/, 4],
	['redirect-other-host', /address redirects to/, 1],
	['reset-after', /broke before its answer was complete/, 4],
	['reset-before', /broke before its answer was complete/, 4],
	['reset-during', /broke before its answer was complete/, 4],
	['slow-trickle', /did not answer within 1 seconds/, 1],
	['timeout-after', /did not answer within 1 seconds/, 1],
	['truncated-json', /could not be read/, 1],
];

describe.each(LASTING)('a read that meets %s each time', (kind, message, asked) => {
	test(`asks ${asked} times and says what happened and what to do`, async () => {
		world.simulator.faults.add({ operation: 'workflowTask:find', kind });

		const timeoutSeconds = /^timeout-|^slow-trickle$/.test(kind) ? 1 : 20;
		const error = await failure({ ...FIND, options: { timeoutSeconds } }, world.credential);

		expect(error.message).toMatch(message);
		expect(error.description).toMatch(/\w{3}/);
		expect(error.context.itemIndex).toBe(0);
		expect(world.requestsOf('workflowTask:find')).toHaveLength(asked);
		expect(JSON.stringify([error.message, error.description, error.context])).not.toMatch(
			/12025550123|demo-app-secret|Token /,
		);
	}, 20_000);
});

/** A fault that passes: the user notices nothing. */
const PASSING: FaultKind[] = [
	...([
		'http-401',
		'body-401',
		'http-429',
		'http-429-retry-after',
		'http-502',
		'http-503',
	] as const),
	...(['http-504', 'reset-before', 'reset-during', 'reset-after'] as const),
];

test.each(PASSING)('a read that meets %s once succeeds with the second try', async (kind) => {
	world.simulator.faults.add({ operation: 'workflowTask:find', kind, times: 1 });

	await execute(FIND, world.credential);

	expect(world.requestsOf('workflowTask:find')).toHaveLength(2);
});

test.each<FaultKind>(['gzip', 'wrong-content-type', 'huge-answer'])(
	'a read takes an answer with %s as it is',
	async (kind) => {
		world.simulator.faults.add({ operation: 'workflowTask:find', kind, times: 1 });
		await expect(execute(FIND, world.credential)).resolves.toEqual([]);
	},
);

test('a time-out that an expression gives as text counts', async () => {
	world.simulator.faults.add({ operation: 'workflowTask:find', kind: 'timeout-after' });

	const error = await failure(
		{ ...FIND, options: { timeoutSeconds: '={{ "1" }}' } },
		world.credential,
	);

	expect(error.message).toMatch(/did not answer within 1 seconds/);
});

test.each([16.1, 3_000_000, 99_999_999, 100 / 3])(
	'a time-out of %d seconds ends no call',
	async (seconds) => {
		const options = { timeoutSeconds: seconds };

		await expect(execute({ ...FIND, options }, world.credential)).resolves.toEqual([]);
	},
);

test('an answer is not kept in memory until its time-out', async () => {
	const timeouts = jest.spyOn(AbortSignal, 'timeout');

	await execute(FIND, world.credential);

	const deadlines = timeouts.mock.results.map(({ value }) => value as AbortSignal);
	timeouts.mockRestore();
	expect(deadlines).not.toHaveLength(0);
	for (const deadline of deadlines) expect(getEventListeners(deadline, 'abort')).toEqual([]);
});

test('On Error set to continue keeps the other items going', async () => {
	world.simulator.faults.add({ operation: 'workflowTask:find', kind: 'body-400', times: 1 });

	const results = await execute(FIND, world.credential, {
		items: [{}, {}, {}],
		onError: 'continueRegularOutput',
	});

	expect(results).toHaveLength(1);
	expect(results[0].json.error).toMatch(/refused the request/);
});

test('a path that AI Rudder does not know names the page and the setting that repairs it', async () => {
	world.credential.data.endpointOverrides = {
		values: [{ operation: 'outboundTask:getCalls', path: '/service/cloud/workflow/elsewhere' }],
	};

	const error = await failure(GET_CALLS, world.credential);

	expect(error.message).toBe(
		'AI Rudder knows no endpoint /service/cloud/workflow/elsewhere (HTTP 404)',
	);
	expect(error.description).toMatch(/'Endpoint Overrides'.*api-154573225/);
});
