/** Who may send: signatures, addresses, and pushes that AI Rudder confirms. */
import type { IDataObject } from 'n8n-workflow';
import { sign, startSimulator, type Simulator } from '../../simulator/index.cts';
import { storedCredential } from './support/n8n.cts';
import { Instance } from './support/trigger.cts';

const call = (Sign: unknown, TaskID: unknown = 't1') => ({
	TaskID,
	Sign,
	Details: [{ CalleeNumber: '+12025550123', CallID: 'c1' }],
});

const withKey = (signingSecret: string | number | undefined) =>
	storedCredential({ appKey: 'k', appSecret: 's', baseUrl: '', signingSecret });

describe('the signature of call notices', () => {
	test.each([
		['', 'airudder', 200],
		['', 'own key', 401],
		['own key', 'own key', 200],
		['own key', 'airudder', 401],
		// As it comes when it is copied from a mail.
		[' own key ', 'own key', 200],
		[' own key ', ' own key ', 401],
	])('key %j, signed with %j: %i', async (key, signedWith, status) => {
		const n8n = new Instance({ credential: withKey(key) });
		const answer = await n8n.post(call(sign('t1', signedWith)));
		expect(answer.status).toBe(status);
		expect(n8n.executions).toHaveLength(status === 200 ? 1 : 0);
		if (status === 401) {
			expect(answer.body).toEqual({ message: 'The signature is missing or wrong' });
		}
	});

	test('a key that an expression makes a number of', async () => {
		const n8n = new Instance({ credential: withKey(20261121) });
		expect((await n8n.post(call(sign('t1', '20261121')))).status).toBe(200);
		expect((await n8n.post(call(sign('t1', 'airudder')))).status).toBe(401);
	});

	test.each([
		['nothing', undefined],
		['blanks, as around a text that is not there', ' \n'],
	])('an expression that gives %s lets nobody in with the public key', async (_, key) => {
		const n8n = new Instance({ credential: withKey(key) });
		await expect(n8n.post(call(sign('t1', 'airudder')))).rejects.toThrow(
			"The expression in the credential's 'Webhook Signing Key' gives nothing",
		);
		expect(n8n.executions).toEqual([]);
	});

	test('publishing says that the key is nothing but blanks', async () => {
		await expect(new Instance({ credential: withKey(' ') }).publish()).rejects.toThrow(
			"The credential's 'Webhook Signing Key' holds nothing but blanks",
		);
	});

	test.each([undefined, null, '', 5, ['x'], { toString: 'x' }, 'é', 'x'.repeat(100_000)])(
		'%p is refused',
		async (Sign) => {
			expect((await new Instance().post(call(Sign))).status).toBe(401);
		},
	);

	test.each([[null], [{}], [{ toString: null, valueOf: null }], [['t1']], [true]])(
		'a TaskID %j cannot be signed',
		async (taskId) => {
			const signature = sign('t1', 'airudder');
			expect((await new Instance().post(call(signature, taskId))).status).toBe(401);
		},
	);

	test('a new key in the credential holds at once', async () => {
		const credential = withKey('old key');
		const n8n = new Instance({ credential });
		await n8n.post(call(sign('t1', 'old key')));
		credential.data.signingSecret = 'new key';
		expect((await n8n.post(call(sign('t2', 'new key'), 't2'))).status).toBe(200);
		expect((await n8n.post(call(sign('t3', 'old key'), 't3'))).status).toBe(401);
	});

	describe('some time after the last notice', () => {
		const MINUTE = 60_000;

		afterEach(() => jest.restoreAllMocks());

		const later = (ms: number) => {
			const now = Date.now() + ms;
			jest.spyOn(Date, 'now').mockImplementation(() => now);
		};

		test('the key that is known serves while n8n cannot be asked, for two minutes', async () => {
			const { id, data } = withKey('own key');
			let readable = true;
			const credential = {
				id,
				get data() {
					if (!readable) throw new Error('database is locked');
					return data;
				},
			};
			const n8n = new Instance({ credential });
			await n8n.post(call(sign('t1', 'own key')));
			readable = false;
			later(1.5 * MINUTE);
			expect((await n8n.post(call(sign('t2', 'own key'), 't2'))).status).toBe(200);
			later(MINUTE);
			await expect(n8n.post(call(sign('t3', 'own key'), 't3'))).rejects.toThrow('locked');
		});

		test('a key taken out of the credential is asked for anew, and at the latest then refused', async () => {
			const credential = withKey('old key');
			const n8n = new Instance({ credential });
			await n8n.post(call(sign('t1', 'old key')));
			credential.data.signingSecret = 'new key';
			later(MINUTE);
			expect((await n8n.post(call(sign('t2', 'old key'), 't2'))).status).toBe(200);
			expect((await n8n.post(call(sign('t3', 'old key'), 't3'))).status).toBe(401);
		});

		test('a key that n8n never answers with keeps no later notice waiting', async () => {
			const credential = withKey('own key');
			const n8n = new Instance({
				credential: { ...credential, reading: new Promise<void>(() => {}) },
			});
			const after = new Instance({ credential });
			const signed = call(sign('t1', 'own key'));
			void n8n.post(signed);
			await new Promise((done) => setImmediate(done));
			later(2.5 * MINUTE);
			expect((await after.post(signed)).status).toBe(200);
		});

		test('a key taken out of the credential is refused after two minutes', async () => {
			const credential = withKey('old key');
			const n8n = new Instance({ credential });
			await n8n.post(call(sign('t1', 'old key')));
			credential.data.signingSecret = 'new key';
			later(2.5 * MINUTE);
			expect((await n8n.post(call(sign('t2', 'old key'), 't2'))).status).toBe(401);
		});
	});

	test('a burst of notices has n8n decrypt the credential once', async () => {
		const { id, data } = withKey('own key');
		let reads = 0;
		const credential = {
			id,
			get data() {
				reads++;
				return data;
			},
		};
		const n8n = new Instance({ credential });

		const burst = Array.from({ length: 20 }, (_, index) =>
			n8n.post(call(sign(`t${index}`, 'own key'), `t${index}`)),
		);

		expect((await Promise.all(burst)).map(({ status }) => status)).toEqual(Array(20).fill(200));
		expect(reads).toBe(1);
	});

	test('one option turns it off', async () => {
		const n8n = new Instance({ parameters: { options: { checkSignature: false } } });
		expect((await n8n.post(call('wrong'))).status).toBe(200);
		expect(n8n.executions).toHaveLength(1);
	});

	test('a forged notice is refused though its event is not selected', async () => {
		const n8n = new Instance({ parameters: { events: ['unknown'] } });
		expect((await n8n.post(call('wrong'))).status).toBe(401);
	});

	test('a forged copy does not take the place of the genuine notice', async () => {
		const n8n = new Instance();
		await n8n.post(call('wrong'));
		await n8n.post(call(sign('t1', 'airudder')));
		expect(n8n.executions).toHaveLength(1);
	});
});

describe('the allowlist', () => {
	const options = { ipAllowList: '203.0.113.0/24, 2001:db8::/32' };

	test.each([
		['203.0.113.7', 200],
		['::ffff:203.0.113.7', 200],
		['2001:db8::5', 200],
		['198.51.100.7', 403],
		['2001:db9::5', 403],
		['', 403],
	])('%s: %i', async (ip, status) => {
		const n8n = new Instance({ parameters: { options } });
		const answer = await n8n.post({ hello: 1 }, { ip });
		expect(answer.status).toBe(status);
		expect(n8n.executions).toHaveLength(status === 200 ? 1 : 0);
		if (status === 403)
			expect(answer.body).toEqual({ message: 'This address may not send notices' });
	});

	test('blanks that are typed in are an empty field', async () => {
		const n8n = new Instance({ parameters: { options: { ipAllowList: ' ' } } });
		expect((await n8n.post({ hello: 1 })).status).toBe(200);
		await expect(n8n.publish()).resolves.toBe(true);
	});

	test.each(['=', '={{ "" }}', '={{ null }}'])(
		'publishing says that %j gives nothing',
		async (list) => {
			const n8n = new Instance({ parameters: { options: { ipAllowList: list } } });
			await expect(n8n.publish()).rejects.toThrow("The expression in 'IP Allowlist' gives nothing");
		},
	);

	test('an entry that is none lets nobody in, and publishing says so', async () => {
		const n8n = new Instance({ parameters: { options: { ipAllowList: 'api.airudder.com' } } });
		expect((await n8n.post({ hello: 1 })).status).toBe(403);
		await expect(n8n.publish()).rejects.toThrow(
			"'IP Allowlist' holds 'api.airudder.com', which is neither an address nor a range",
		);
		await expect(new Instance({ parameters: { options } }).publish()).resolves.toBe(true);
	});

	test.each([
		...['={{ $json.gone }}', '={{ null }}', '={{ [] }}', '={{ $json.gone }} '],
		...['={{ $json.gone }}\n', '={{ $json.a }}{{ $json.b }}'],
	])('%j lets nobody in', async (ipAllowList) => {
		const n8n = new Instance({ parameters: { options: { ipAllowList } } });
		await expect(n8n.post({ hello: 1 })).rejects.toThrow(
			"The expression in 'IP Allowlist' gives nothing",
		);
	});
});

describe('a push that AI Rudder is asked about', () => {
	let simulator: Simulator;
	let push: IDataObject;

	beforeEach(async () => {
		simulator = await startSimulator();
		const [{ body }] = await simulator.fire('apiNodePush', {}, 'http://127.0.0.1:9/');
		push = body as IDataObject;
	});

	afterEach(async () => await simulator.close());

	const instance = (verifyPush: string, parameters: IDataObject = {}) =>
		new Instance({
			parameters: { ...parameters, options: { verifyPush } },
			credential: storedCredential({
				appKey: 'demo-app-key',
				appSecret: 'demo-app-secret',
				baseUrl: simulator.url,
			}),
		});

	const asked = () => simulator.requests.filter(({ path }) => path.endsWith('/apinoticeinfo'));

	const forged = () => ({ ...push, call: { ...(push.call as IDataObject), intention: 'Z' } });

	const stranger = () => ({
		...push,
		callee: { ...(push.callee as IDataObject), callee_number: '+12025559999' },
	});

	test.each(['refuse', 'flag'])('goes on as verified (%s)', async (choice) => {
		const n8n = instance(choice);
		expect((await n8n.post(push)).status).toBe(200);
		const { workflow_id, callee } = push;
		expect(n8n.items[0]).toMatchObject({
			verified: true,
			phoneNumber: (callee as IDataObject).callee_number,
			verification: { workflowId: workflow_id },
		});
		expect(n8n.items[0]).not.toHaveProperty('verificationProblems');
		expect(asked()).toHaveLength(1);
		expect(JSON.stringify(n8n.items[0])).not.toMatch(/"callee":/);
	});

	test('has the answer of AI Rudder beside the untouched push without Simplify', async () => {
		const n8n = instance('flag', { simplify: false });
		await n8n.post(push);
		expect(n8n.items[0]).toMatchObject({
			payload: push,
			verified: true,
			verification: { response: { code: 200, data: push }, contact: push.callee },
		});
	});

	test.each([
		['another outcome', forged],
		['a contact that is not there', stranger],
		['no phone number', () => ({ ...push, callee: {} })],
	])('is refused or flagged: %s', async (_, fake) => {
		const strict = instance('refuse');
		const answer = await strict.post(fake());
		expect(answer).toMatchObject({
			status: 403,
			body: { message: 'The push is not what AI Rudder has on record' },
		});
		expect(strict.executions).toHaveLength(0);

		const lenient = instance('flag');
		expect((await lenient.post(fake())).status).toBe(200);
		expect(lenient.items[0]).toMatchObject({
			verified: false,
			verificationProblems: [expect.any(String)],
		});
	});

	test.each(['={{ $json.gone }}', '={{ "Refuse" }}'])(
		'an expression that names no choice lets no other push through: %s',
		async (choice) => {
			const n8n = instance(choice);
			expect((await n8n.post(forged())).status).toBe(403);
			expect((await n8n.post(push)).status).toBe(200);
			expect(n8n.items).toMatchObject([{ verified: true }]);
		},
	);

	test('says which field differs, and what AI Rudder has instead', async () => {
		const n8n = instance('flag');
		await n8n.post(forged());
		expect(n8n.items[0]).toMatchObject({
			call: { intention: 'Z' },
			verification: { call: { intention: (push.call as IDataObject).intention } },
			verificationProblems: ["'call.intention' is not what AI Rudder has on record"],
		});
	});

	test('a flagged copy does not take the place of the genuine push', async () => {
		const n8n = instance('flag');
		await n8n.post(forged());
		await n8n.post(push);
		await n8n.post(push);
		expect(n8n.items.map(({ verified }) => verified)).toEqual([false, true]);
	});

	test.each(['http-503', 'http-429-retry-after', 'reset-after', 'body-500', 'html'] as const)(
		'is put off or flagged when AI Rudder cannot say: %s',
		async (kind) => {
			simulator.faults.add({
				operation: 'customApiNode:verifyPush',
				kind,
				times: 9,
				retryAfter: 30,
			});
			const strict = instance('refuse');
			expect((await strict.post(push)).status).toBe(503);
			expect(strict.executions).toHaveLength(0);
			const lenient = instance('flag');
			await lenient.post(push);
			expect(lenient.items[0]).toMatchObject({ verified: false, verification: null });
			expect(asked()).toHaveLength(2);
		},
	);

	test('is put off or flagged when the credential cannot be used', async () => {
		const credential = storedCredential({ appKey: 'k', appSecret: 's', baseUrl: 'airudder' });
		const trigger = (verifyPush: string) =>
			new Instance({ parameters: { options: { verifyPush } }, credential });
		expect((await trigger('refuse').post(push)).status).toBe(503);
		const lenient = trigger('flag');
		expect((await lenient.post(push)).status).toBe(200);
		expect(lenient.items[0]).toMatchObject({
			...{ verified: false, verification: null },
			verificationProblems: [expect.stringMatching(/^The 'Base URL' has to be/)],
		});
	});

	test('is decided within five seconds when AI Rudder stays silent', async () => {
		simulator.faults.add({ operation: 'customApiNode:verifyPush', kind: 'timeout-after' });
		const began = Date.now();
		expect((await instance('refuse').post(push)).status).toBe(503);
		expect(Date.now() - began).toBeGreaterThan(4_500);
		// For so long AI Rudder waits for an answer.
		expect(Date.now() - began).toBeLessThan(10_000);
	});

	test('costs no request when it is off or not selected', async () => {
		await instance('off').post(push);
		await instance('refuse', { events: ['unknown'] }).post(push);
		expect(asked()).toHaveLength(0);
	});
});

describe('the answer to a push', () => {
	const push = { workflow_id: 'w', node_id: 'n', callee: { callee_number: '+12025550123' } };

	test.each([
		['{"result": [1]}', { result: [1] }],
		[{ result: 1 }, { result: 1 }],
		['={"node": "{{ $json.body.node_id }}"}', { node: 'n' }],
		['={{ null }}', {}],
		['', {}],
		['{broken', {}],
	])('%j: %j', async (responseBody, body) => {
		const n8n = new Instance({ parameters: { options: { responseBody } } });
		expect(await n8n.post(push)).toMatchObject({ status: 200, body });
		expect((await n8n.post(push)).body).toEqual(body);
		expect((await n8n.post({ hello: 1 })).body).toEqual({});
	});

	test('that fails for what is no push costs no call its outcome', async () => {
		const responseBody = '={{ { "phone": $json.body.callee.callee_number } }}';
		const n8n = new Instance({ parameters: { options: { responseBody } } });
		const { status, body } = await n8n.post(call(sign('t1', 'airudder')));
		expect({ status, body }).toEqual({ status: 200, body: {} });
		expect(n8n.items).toMatchObject([{ callId: 'c1' }]);
		// n8n shows the user why, and AI Rudder sends it again.
		await expect(n8n.post(push)).rejects.toThrow('Cannot access "callee"');
	});

	test('that reads the push keeps nobody from publishing the workflow', async () => {
		const options = { responseBody: '={"node": "{{ $json.body.node_id }}"}' };
		await expect(new Instance({ parameters: { options } }).publish()).resolves.toBe(true);
	});

	test('that is no JSON is found when the workflow is published', async () => {
		const n8n = new Instance({ parameters: { options: { responseBody: '{broken' } } });
		await expect(n8n.publish()).rejects.toThrow("'Response Body' is not JSON");
	});
});
