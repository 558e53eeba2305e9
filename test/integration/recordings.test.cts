import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryDataService } from 'n8n-core';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../scripts/real-n8n/client.cts';
import { byId, dialled } from './support/dialled.cts';
import { expectDocumented } from './support/documented.cts';
import { execute, failure } from './support/n8n.cts';
import { simulated } from './support/simulated.cts';
import { vendor } from './support/vendor.cts';

const world = simulated();

const DOWNLOAD = { resource: 'recording', operation: 'download' };

const byUrl = (recordingUrl: string, more: object = {}) => ({
	...DOWNLOAD,
	recordingFrom: 'url',
	recordingUrl,
	...more,
});

test('Get Many lists the recorded calls of a number', async () => {
	const { answered, workflowId } = await dialled(world);
	const parameters = {
		resource: 'recording',
		operation: 'getAll',
		workflowId: byId(workflowId),
		phoneNumber: answered.phone,
		returnAll: true,
	};

	const items = await execute(parameters, world.credential);
	const [raw] = await execute({ ...parameters, simplify: false }, world.credential);

	expect(world.requestsOf('recording:getAll')[0]).toMatchObject({
		method: 'GET',
		query: { workflow_id: workflowId, callee: answered.phone },
	});
	expect(items.map(({ json }) => json)).toEqual([
		expect.objectContaining({
			workflowId,
			callId: answered.callId,
			phoneNumber: answered.phone,
			recordingUrl: expect.stringMatching(/^http:\/\/localhost:\d+\/recordings\//),
		}),
	]);
	expect(raw.json.response).toMatchObject({ code: 200, data: [{ CallID: answered.callId }] });
	expectDocumented({ resource: 'recording', operation: 'getAll' }, items);
});

test.each([
	['rows', [{ CallID: 'c1', RecordingLink: 'https://files.example/1.wav' }]],
	['rows inside an object', { list: [{ record_url: 'https://files.example/1.wav' }] }],
	['bare links', ['https://files.example/1.wav']],
])('Get Many understands %s', async (_name, data) => {
	const answers = await vendor({ data, status: 'OK', code: 200 });
	try {
		const items = await execute(
			{
				resource: 'recording',
				operation: 'getAll',
				workflowId: byId('w1'),
				phoneNumber: '+12025550123',
			},
			answers.credential,
		);

		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				recordingUrl: 'https://files.example/1.wav',
				phoneNumber: '+12025550123',
				workflowId: 'w1',
				otherFields: {},
			}),
		]);
	} finally {
		await answers.close();
	}
});

describe('Download', () => {
	test('fetches the sound of a call ID from the other host, without our token', async () => {
		const { answered } = await dialled(world);

		const items = await execute({ ...DOWNLOAD, callId: answered.callId }, world.credential);

		const [{ json, binary, pairedItem }] = items;
		expect(json).toEqual({
			callId: answered.callId,
			recordingUrl: expect.stringContaining('/recordings/'),
			fileName: `${answered.callId}.wav`,
			mimeType: 'audio/wav',
			bytes: 64_044,
		});
		expect(binary?.data).toMatchObject({ mimeType: 'audio/wav', fileType: 'audio' });
		const sound = Buffer.from(binary?.data.data ?? '', 'base64');
		expect(sound.subarray(0, 4).toString()).toBe('RIFF');
		expect(sound).toHaveLength(64_044);
		expect(pairedItem).toEqual({ item: 0 });
		expect(world.simulator.otherHost.requests).toMatchObject([{ method: 'GET', withToken: false }]);
		expectDocumented(DOWNLOAD, items);
	});

	test('many at once come paired and each with its own file', async () => {
		const { workflow } = await dialled(world, { contacts: 30 });
		const calls = workflow.nodes[0].rounds
			.flatMap((round) => round.calls)
			.filter(({ answered }) => answered)
			.map(({ callId }) => ({ callId }));

		const items = await execute(
			{ ...DOWNLOAD, callId: '={{ $json.callId }}', outputField: 'sound' },
			world.credential,
			{ items: calls },
		);

		expect(calls.length).toBeGreaterThan(10);
		expect(items.map(({ json }) => json.callId)).toEqual(calls.map(({ callId }) => callId));
		expect(items.map(({ binary }) => binary?.sound.fileName)).toEqual(
			calls.map(({ callId }) => `${callId}.wav`),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(calls.map((_, item) => ({ item })));
	});

	test('a call that nobody answered has none, and is not waited for', async () => {
		const { workflow } = await dialled(world, { contacts: 20 });
		const missed = workflow.nodes[0].rounds
			.flatMap((round) => round.calls.slice(-1))
			.find(({ answered }) => !answered);

		const error = await failure(
			{ ...DOWNLOAD, callId: missed?.callId ?? '', options: { waitSeconds: 60 } },
			world.credential,
		);

		expect(error.message).toBe('The call was not answered, so there is no recording of it');
	});

	test.each(['http404', 'emptyLink'] as const)(
		'a recording that is not ready (%s) is said to be so, or waited for',
		async (recordingNotReadyAs) => {
			const { answered } = await dialled(world);
			const call = world.simulator.state.calls.get(answered.callId)?.call;
			if (!call) throw new Error('no such call');
			world.simulator.options.recordingNotReadyAs = recordingNotReadyAs;
			call.recordingReadyAt = Infinity;
			const parameters = { ...DOWNLOAD, callId: answered.callId };

			const error = await failure(parameters, world.credential);
			call.recordingReadyAt = Date.now() + 700;
			const items = await execute(
				{ ...parameters, options: { waitSeconds: 20 } },
				world.credential,
			);

			expect(error.message).toMatch(/^The recording is not ready yet: /);
			expect(error.description).toMatch(/'Wait for Recording'/);
			expect(items[0].json.bytes).toBe(64_044);
		},
	);

	test('waiting ends at the limit', async () => {
		const { answered } = await dialled(world);
		const call = world.simulator.state.calls.get(answered.callId)?.call;
		if (!call) throw new Error('no such call');
		call.recordingReadyAt = Infinity;
		const before = Date.now();

		const error = await failure(
			{ ...DOWNLOAD, callId: answered.callId, options: { waitSeconds: 1 } },
			world.credential,
		);

		expect(error.message).toMatch(/not ready yet/);
		expect(Date.now() - before).toBeGreaterThanOrEqual(1_000);
		expect(world.simulator.otherHost.requests.length).toBeGreaterThan(1);
	});

	test('waiting ends when the execution is cancelled', async () => {
		const { answered } = await dialled(world);
		const call = world.simulator.state.calls.get(answered.callId)?.call;
		if (!call) throw new Error('no such call');
		call.recordingReadyAt = Infinity;
		const cancelling = new AbortController();

		const ending = failure(
			{ ...DOWNLOAD, callId: answered.callId, options: { waitSeconds: 600 } },
			world.credential,
			{ signal: cancelling.signal },
		);
		await until('the first look', async () => world.simulator.otherHost.requests[0]);
		cancelling.abort();

		expect((await ending).message).toMatch(/not ready yet|cancelled before/);
	});

	test('an output field without a name is asked for, and not for an ID', async () => {
		const error = await failure({ ...DOWNLOAD, callId: 'c1', outputField: ' ' }, world.credential);

		expect(error.message).toBe("'Output Data Field Name' is empty");
		expect(error.description).toBe('Choose or enter one');
	});

	test.each([
		['', "'Recording URL' is empty"],
		['recordings/1.wav', "'Recording URL' is not a complete web address"],
		['file:///etc/passwd', "'Recording URL' is not a complete web address"],
		['https://', "'Recording URL' is not a complete web address"],
	])('refuses the link "%s"', async (recordingUrl, message) => {
		const error = await failure(byUrl(recordingUrl), world.credential);

		expect(error.message).toBe(message);
		expect(error.context.itemIndex).toBe(0);
	});
});

test.each<[string, (url: string) => unknown]>([
	['beside the call', (url) => ({ call_info: { Intention: 'A' }, recording_link: url })],
	[
		'in a list with those of others',
		(url) => [
			{ CallID: 'c1', recording_link: 'http://127.0.0.1:1/of-somebody-else.wav' },
			{ CallID: 'c2', recording_link: url },
		],
	],
])('Download finds the link of its call %s', async (_form, data) => {
	const { answered } = await dialled(world);
	const [{ json }] = await execute(
		{ resource: 'call', operation: 'get', callId: answered.callId },
		world.credential,
	);
	const answers = await vendor({ data: data(String(json.recordingUrl)), status: 'OK', code: 200 });
	try {
		const items = await execute({ ...DOWNLOAD, callId: 'c2' }, answers.credential);

		expect(items[0].json).toMatchObject({ callId: 'c2', bytes: 64_044 });
	} finally {
		await answers.close();
	}
});

test.each(['pending', '/recordings/1.wav', 0])(
	'Download takes no %p for a link, and the recording may come yet',
	async (recording_link) => {
		const data = { CallID: 'c1', recording_link };
		const answers = await vendor({ data, status: 'OK', code: 200 });
		try {
			const error = await failure({ ...DOWNLOAD, callId: 'c1' }, answers.credential);

			expect(error.message).toBe('The recording is not ready yet: AI Rudder gave no link to it');
		} finally {
			await answers.close();
		}
	},
);

test('Download stores no recording of another call', async () => {
	const data = [{ CallID: 'c1', recording_link: 'http://127.0.0.1:1/of-somebody-else.wav' }];
	const answers = await vendor({ data, status: 'OK', code: 200 });
	try {
		const error = await failure({ ...DOWNLOAD, callId: 'c2' }, answers.credential);

		expect(error.message).toBe("AI Rudder gave no call for the ID 'c2'");
	} finally {
		await answers.close();
	}
});

describe('what a link may answer', () => {
	let host: Server;
	let answer: RequestListener;
	let url: string;

	beforeEach(async () => {
		host = createServer((request, response) => answer(request, response));
		await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/files/a%20call?X-Signature=geheim`;
	});

	afterEach(async () => {
		host.closeAllConnections();
		await new Promise((resolve) => host.close(resolve));
	});

	const sends =
		(status: number, headers: Record<string, string>, body = 'sound'): RequestListener =>
		(_request, response) => {
			response.writeHead(status, headers).end(body);
		};

	test.each([
		[{ 'content-type': 'audio/mpeg' }, 'a call.mp3', 'audio/mpeg'],
		[{ 'content-type': 'audio/x-wav; rate=8000' }, 'a call.wav', 'audio/x-wav'],
		[{ 'content-type': 'audio/basic' }, 'a call', 'audio/basic'],
		[
			{
				'content-type': 'application/octet-stream',
				'content-disposition': 'attachment; filename="x 1.wav"',
			},
			'x 1.wav',
			'audio/wav',
		],
		[
			{ 'content-disposition': "attachment; filename*=UTF-8''r%C3%A9c.ogg" },
			'réc.ogg',
			'audio/ogg',
		],
		[
			{
				'content-type': 'audio/wav',
				'content-disposition': 'attachment; filename="../../etc/a.wav"',
			},
			'a.wav',
			'audio/wav',
		],
		[{ 'content-disposition': 'attachment; filename="..\\..\\a.wav"' }, 'a.wav', 'audio/wav'],
		[
			{ 'content-disposition': "attachment; filename*=UTF-8''..%2F..%2F%3Cb%3E%0A.wav" },
			'_b__.wav',
			'audio/wav',
		],
		[{ 'content-disposition': 'attachment; filename=".wav"' }, 'wav.wav', 'audio/wav'],
		[
			{
				'content-type': 'audio/mpeg',
				'content-disposition': 'attachment; filename="download.php"',
			},
			'download.php.mp3',
			'audio/mpeg',
		],
		[
			{ 'content-type': 'audio/mpeg', 'content-disposition': 'attachment; filename=""' },
			'a call.mp3',
			'audio/mpeg',
		],
		[
			{ 'content-disposition': `attachment; filename="plain.mp3"; filename*=UTF-8''r%C3%A9c.ogg` },
			'réc.ogg',
			'audio/ogg',
		],
		[
			{ 'content-disposition': "attachment; filename*=UTF-8''100%25%zz.wav" },
			'100%25%zz.wav',
			'audio/wav',
		],
		[
			{ 'content-disposition': `attachment; filename="${'long '.repeat(100)}.wav"` },
			`${'long '.repeat(23)}.wav`,
			'audio/wav',
		],
		[{}, 'a call', 'application/octet-stream'],
	])('file name and type from %j', async (headers: object, fileName, mimeType) => {
		answer = sends(200, { ...headers });

		const [{ json, binary }] = await execute(byUrl(url), world.credential);

		expect(json).toMatchObject({ fileName, mimeType, bytes: 5, callId: null });
		expect(binary?.data).toMatchObject({ fileName, mimeType });
		expect(binary?.data.directory).toBeUndefined();
	});

	test('is asked for unpacked: of a packed answer nobody sees that it ends early', async () => {
		const asked: unknown[] = [];
		answer = (request, response) => {
			asked.push(request.headers['accept-encoding']);
			response.end('sound');
		};

		await execute(byUrl(url), world.credential);

		expect(asked).toEqual(['identity']);
	});

	test.each([
		[202, {}, /^The recording is not ready yet: .*HTTP 202/],
		[204, {}, /^The recording is not ready yet: .*HTTP 204/],
		[404, {}, /^The recording is not ready yet: .*HTTP 404/],
		[425, {}, /^The recording is not ready yet: .*HTTP 425/],
		[200, { 'content-length': '0' }, /^The recording is not ready yet: the file is empty/],
		[200, { 'content-type': 'audio/wav' }, /^The recording is not ready yet: the file is empty/],
		[200, { 'content-type': 'text/html' }, /^The recording is not ready yet: .* sent text/],
		[
			200,
			{ 'content-type': 'Text/HTML; charset=UTF-8' },
			/^The recording is not ready yet: .* text/,
		],
		[302, {}, /could not give the recording \(HTTP 302\)/],
		[400, {}, /does not accept the link to the recording \(HTTP 400\)/],
		[401, {}, /does not accept the link to the recording \(HTTP 401\)/],
		[403, {}, /does not accept the link to the recording \(HTTP 403\)/],
		[410, {}, /does not accept the link to the recording \(HTTP 410\)/],
		[500, {}, /could not give the recording \(HTTP 500\)/],
	])('%s %j without a file is explained', async (status: number, headers: object, message) => {
		answer = sends(status, { ...headers }, '');

		const error = await failure(byUrl(url), world.credential);

		expect(error.message).toMatch(message);
		expect(JSON.stringify([error.message, error.description])).not.toMatch(/geheim/);
	});

	test('a file that breaks off in the middle is no recording', async () => {
		answer = (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': '1000' });
			response.write('half');
			setTimeout(() => response.destroy(), 50);
		};

		const error = await failure(byUrl(url), world.credential);

		expect(error.message).toMatch(/^The recording did not come through from 127\.0\.0\.1:\d+/);
	});

	test('a file that stops coming ends at the time-out', async () => {
		answer = (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': '1000' });
			response.write('half');
		};

		const error = await failure(byUrl(url, { options: { timeoutSeconds: 1 } }), world.credential);

		expect(error.message).toMatch(/did not send the recording within 1 seconds/);
	});

	test('cancelling the execution ends a file that stops coming', async () => {
		const cancelling = new AbortController();
		answer = (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': '1000' });
			response.write('half', () => cancelling.abort());
		};

		const error = await failure(byUrl(url), world.credential, { signal: cancelling.signal });

		expect(error.message).toMatch(/^The recording did not come through/);
	});

	describe('a link that has expired', () => {
		const options = { waitSeconds: 600 };

		test('is not waited for', async () => {
			let asked = 0;
			answer = (request, response) => {
				asked++;
				sends(403, {})(request, response);
			};

			const error = await failure(byUrl(url, { options }), world.credential);

			expect(error.message).toMatch(/does not accept the link/);
			expect(error.description).toMatch(/'Call ID' .* new link/);
			expect(asked).toBe(1);
		});

		test('is replaced by a new one, where AI Rudder is asked for it', async () => {
			let asked = 0;
			answer = (request, response) => sends(++asked === 1 ? 403 : 200, {})(request, response);
			const data = { CallID: 'c1', recording_link: url };
			const answers = await vendor({ data, status: 'OK', code: 200 });
			try {
				const callId = 'c1';

				const [{ json }] = await execute({ ...DOWNLOAD, callId, options }, answers.credential);

				expect(json).toMatchObject({ callId, bytes: 5 });
				expect(answers.asked).toHaveLength(2);
			} finally {
				await answers.close();
			}
		});
	});

	test('a redirect of the file store is followed, with no token either', async () => {
		const tokens: unknown[] = [];
		answer = (request, response) => {
			tokens.push(request.headers.authorization);
			if (request.url?.startsWith('/final'))
				sends(200, { 'content-type': 'audio/wav' })(request, response);
			else response.writeHead(302, { location: '/final/b.wav' }).end();
		};

		const [{ json }] = await execute(byUrl(url), world.credential);

		expect(json.bytes).toBe(5);
		expect(tokens).toEqual([undefined, undefined]);
	});
});

test('a large recording flows into the file store, never whole into memory', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
	process.env.N8N_BINARY_DATA_STORAGE_PATH = folder;
	// n8n-core has a copy of its container to itself.
	const requireOfCore = createRequire(require.resolve('n8n-core'));
	const { Container } = requireOfCore('@n8n/di') as typeof import('@n8n/di');
	await Container.get(BinaryDataService).init();
	const { answered } = await dialled(world, { contacts: 3 });
	const size = 400 * 1024 * 1024;
	world.simulator.options.recordingBytes = size;
	let peak = 0;
	const before = process.memoryUsage().arrayBuffers;
	const watching = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
	}, 5);
	try {
		const [{ json, binary }] = await execute(
			{ ...DOWNLOAD, callId: answered.callId },
			world.credential,
		);

		expect(json.bytes).toBe(size);
		expect(binary?.data.id).toMatch(/^filesystem-v2:/);
		expect(peak).toBeGreaterThan(0);
		// What has been written may lie about until Node collects it; a whole file would be all of it.
		expect(peak).toBeLessThan(size / 2);
	} finally {
		clearInterval(watching);
		rmSync(folder, { recursive: true });
	}
});
