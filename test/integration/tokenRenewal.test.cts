import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../scripts/real-n8n/client.cts';
import { execute, failure, type StoredCredential } from './support/n8n.cts';
import { CREATE, people, simulated } from './support/simulated.cts';
import { vendor } from './support/vendor.cts';

const world = simulated();

const FIND = {
	resource: 'workflowTask',
	operation: 'find',
	phoneNumber: '={{ $json.phone }}',
	startTime: '2026-01-01T00:00:00',
	endTime: '2099-01-01T00:00:00',
};

const items = people(20);

test('logs in once for twenty items that start without a token', async () => {
	await execute(FIND, world.credential, { items });

	expect(world.simulator.logins).toBe(1);
	expect(world.requestsOf('workflowTask:find')).toHaveLength(20);
});

test('keeps the token for the next execution', async () => {
	await execute(FIND, world.credential, { items });
	await execute(FIND, world.credential, { items });

	expect(world.simulator.logins).toBe(1);
});

test('is in no error, even if AI Rudder repeats the one that this execution has just got', async () => {
	world.simulator.faults.add({ operation: 'workflowTask:find', kind: 'body-403', times: 1 });

	const { message } = await failure(FIND, world.credential, { items: items.slice(0, 1) });

	expect(message).toMatch(/no permission \(got \*\*\*\)/);
});

describe('while the request was under way', () => {
	/** A credential that n8n reads otherwise once the request has arrived. */
	async function read(afterwards: () => StoredCredential['data']): Promise<StoredCredential> {
		const [item] = items;
		await execute(FIND, world.credential, { items: [item] });
		const { id, data } = world.credential;
		const before = world.requestsOf('workflowTask:find').length;
		const arrived = () => world.requestsOf('workflowTask:find').length > before;
		world.simulator.faults.add({ operation: 'workflowTask:find', kind: 'body-403' });
		return {
			id,
			get data() {
				return arrived() ? afterwards() : data;
			},
		};
	}

	test('another execution got a new one: neither is in the error', async () => {
		const { data } = world.credential;
		const credential = await read(() => ({ ...data, sessionToken: 'a newer one' }));

		const { message } = await failure(FIND, credential, { items: items.slice(0, 1) });

		expect(message).toMatch(/no permission \(got \*\*\*\)$/);
	});

	test('the credential became unreadable: words that may hold a token are left out', async () => {
		const credential = await read(() => {
			throw new Error('SQLITE_BUSY: database is locked');
		});

		const { message } = await failure(FIND, credential, { items: items.slice(0, 1) });

		expect(message).toBe('AI Rudder does not allow this for your App Key (code 403)');
	});
});

describe('a login', () => {
	test('that is not available once is made again', async () => {
		world.simulator.faults.add({ operation: 'auth', kind: 'http-503', times: 1 });

		await execute(FIND, world.credential, { items });

		expect(world.requestsOf('auth')).toHaveLength(2);
	});

	test('that goes wrong for one item is made once more for the others', async () => {
		world.simulator.faults.add({ operation: 'auth', kind: 'http-500', times: 1 });

		const results = await execute(FIND, world.credential, {
			items,
			onError: 'continueRegularOutput',
		});

		expect(results).toEqual([
			{ json: expect.objectContaining({ error: expect.any(String) }), pairedItem: { item: 0 } },
		]);
		expect(world.requestsOf('auth')).toHaveLength(2);
	});

	test.each(['body-403', 'http-500'] as const)(
		'that never succeeds is not made for each item: %s',
		async (kind) => {
			world.simulator.faults.add({ operation: 'auth', kind });

			const results = await execute(FIND, world.credential, {
				items: people(200),
				onError: 'continueRegularOutput',
			});

			expect(results.filter(({ json }) => json.error)).toHaveLength(200);
			expect(world.requestsOf('auth').length).toBeLessThan(50);
		},
	);

	test('that went wrong twice is made again by the next try', async () => {
		const [item] = items;
		world.simulator.faults.add({ operation: 'auth', kind: 'http-500', times: 2 });
		await failure(FIND, world.credential, { items: [item] });
		await failure(FIND, world.credential, { items: [item] });
		await sleep(1_100);

		await execute(FIND, world.credential, { items: [item] });

		expect(world.simulator.logins).toBe(1);
	});

	test('that hangs keeps nobody from another one after a minute', async () => {
		const [item] = items;
		world.simulator.faults.add({ operation: 'auth', kind: 'timeout-before', times: 1 });
		await failure({ ...FIND, options: { timeoutSeconds: 1 } }, world.credential, { items: [item] });
		const now = Date.now.bind(Date);
		const later = jest.spyOn(Date, 'now').mockImplementation(() => now() + 61_000);

		await execute({ ...FIND, options: { timeoutSeconds: 10 } }, world.credential, {
			items: [item],
		}).finally(() => later.mockRestore());

		expect(world.simulator.logins).toBe(1);
	});

	test('that is sent elsewhere takes the App Secret nowhere', async () => {
		world.simulator.faults.add({ operation: 'auth', kind: 'redirect-other-host' });

		const { message } = await failure(FIND, world.credential, { items: items.slice(0, 1) });

		expect(message).toMatch(/answers, but not as AI Rudder does/);
		expect(world.simulator.otherHost.requests).toEqual([]);
	});

	test.each([
		[
			{ code: 403, message: 'demo-app-secret of demo-app-key is locked' },
			/App Secret \(\*\*\* of \*\*\* is locked\)/,
		],
		[{ data: { token: '' }, status: 'OK', code: 200 }, /answers, but not as AI Rudder does/],
	])('answered with %j shows no secret, and is none without a token', async (login, message) => {
		const answers = await vendor({ data: [], code: 200 }, login);
		try {
			const error = await failure(FIND, answers.credential, { items: items.slice(0, 1) });

			expect(error.message).toMatch(message);
			expect(answers.asked).toEqual([]);
		} finally {
			await answers.close();
		}
	});
});

describe.each(['body', 'http'] as const)('a token refused by its %s', (rejectTokenAs) => {
	test.each([false, true])(
		'is renewed once for all items (a login kills older tokens: %s)',
		async (kills) => {
			world.simulator.rejectTokenAs = rejectTokenAs;
			world.simulator.options.newLoginKillsOlder = kills;
			await execute(FIND, world.credential, { items });
			world.simulator.expireTokens();

			const found = await execute(FIND, world.credential, { items });

			expect(found).toHaveLength(0);
			expect(world.simulator.logins).toBe(2);
		},
	);

	test('is no matter to an execution that meets it while another one logs in', async () => {
		world.simulator.rejectTokenAs = rejectTokenAs;
		const once = () => execute(FIND, world.credential, { items: items.slice(0, 1) });
		await once();
		world.simulator.expireTokens();
		world.simulator.faults.add({ operation: 'auth', kind: 'slow-trickle', forMs: 500, times: 1 });

		const first = once();
		await until('the login', async () => world.requestsOf('auth').length === 2 || undefined);
		await sleep(20);
		await Promise.all([first, once()]);

		expect(world.simulator.logins).toBe(2);
	});

	test('in the middle of an upload costs no contact and sends none twice', async () => {
		world.simulator.rejectTokenAs = rejectTokenAs;
		await execute(FIND, world.credential, { items: items.slice(0, 1) });
		world.simulator.faults.add({
			operation: 'contact:add',
			kind: `${rejectTokenAs}-401`,
			times: 1,
		});

		const uploaded = await execute({ ...CREATE, options: { batchSize: 5 } }, world.credential, {
			items,
		});

		expect(uploaded.map(({ json }) => json.state)).toEqual(items.map(() => 'uploaded'));
		expect(world.simulator.acceptedContacts()).toHaveLength(20);
	});
});

test('a token refused by its body is renewed although what another execution got meanwhile is dead as well', async () => {
	world.simulator.rejectTokenAs = 'body';
	const once = (credential = world.credential) =>
		execute(FIND, credential, { items: items.slice(0, 1) });
	await once();
	const asItWasRead = { ...world.credential, data: { ...world.credential.data } };
	world.simulator.expireTokens();
	await once();
	world.simulator.expireTokens();
	await sleep(5);

	await once(asItWasRead);

	expect(world.simulator.logins).toBe(3);
});

test.each(['none', 'body', 'http'] as const)(
	'an upload that is given up while n8n logs in (a token refused before: %s) does not leave afterwards',
	async (refused) => {
		const [item] = items;
		if (refused !== 'none') {
			world.simulator.rejectTokenAs = refused;
			await execute(FIND, world.credential, { items: [item] });
			world.simulator.expireTokens();
		}
		const { sessionToken } = world.credential.data;
		const asked = () => world.requestsOf('workflowTask:create').length;
		world.simulator.faults.add({ operation: 'auth', kind: 'slow-trickle', forMs: 2_000 });

		const options = { timeoutSeconds: 1 };
		const [{ json }] = await execute({ ...CREATE, options }, world.credential, {
			items: [item],
			onError: 'continueRegularOutput',
		});
		const askedInTime = asked();
		await until('the login', async () => {
			return world.credential.data.sessionToken === sessionToken ? undefined : true;
		});
		await sleep(200);

		expect(json.state).toBe('unknown');
		expect(asked()).toBe(askedInTime);
		expect(world.simulator.acceptedContacts()).toEqual([]);
	},
);

test('a token that is refused again after a new login ends the node, with what to do', async () => {
	world.simulator.faults.add({ operation: 'workflowTask:find', kind: 'body-401' });

	const error = await failure(FIND, world.credential, { items: items.slice(0, 1) });

	expect(error.message).toMatch(/does not accept the token/);
	expect(error.description).toMatch(/Test the credential/);
	expect(world.requestsOf('workflowTask:find')).toHaveLength(2);
});

test('a login that goes wrong at AI Rudder blames no key', async () => {
	world.simulator.faults.add({ operation: 'auth', kind: 'http-500' });

	const { message, description } = await failure(FIND, world.credential, {
		items: items.slice(0, 1),
	});

	expect(message).toMatch(/could not process the request \(code 500\)/);
	expect(description).not.toMatch(/correct/);
});

test.each([
	['appKey', 'App Key'],
	['baseUrl', 'Base URL'],
])('an expression in the credential that gives nothing is named: %s', async (name, label) => {
	world.credential.data[name] = null as never;

	const error = await failure(FIND, world.credential, { items: items.slice(0, 1) });

	expect(error.message).toBe(
		`The credential's '${label}' holds no text. If it is an expression, check what it gives.`,
	);
});

test('another key in the credential does not go on with the token of the old one', async () => {
	await execute(FIND, world.credential, { items });
	const changed: StoredCredential = {
		...world.credential,
		data: { ...world.credential.data, appSecret: 'another-secret' },
	};

	const error = await failure(FIND, changed, { items: items.slice(0, 1) });

	expect(error.message).toMatch(/did not accept this App Key and App Secret/);
	expect(JSON.stringify(error)).not.toContain('another-secret');
});

describe('a credential that is changed while the node runs', () => {
	/** n8n reads it for the node, and for each request. */
	const changing = ({ id, data }: StoredCredential, changes: object): StoredCredential => {
		let readings = 0;
		return {
			id,
			get data() {
				return readings++ === 0 ? data : ({ ...data, ...changes } as typeof data);
			},
			set data(_stored) {},
		};
	};

	test('takes the token of the new address nowhere else, and tells contacts as not sent', async () => {
		const elsewhere = await vendor({ data: [], code: 200 });
		const { simulator, credential } = world;
		try {
			const [{ json }] = await execute(CREATE, changing(elsewhere.credential, credential.data), {
				items: items.slice(0, 1),
				onError: 'continueRegularOutput',
			});

			expect(elsewhere.asked).toEqual([]);
			expect(simulator.acceptedContacts()).toEqual([]);
			expect(json).toMatchObject({
				state: 'notSent',
				reason: expect.stringMatching(/^The credential was changed while the node was running/),
			});
			expect(json.reason).not.toMatch(/\.\./);
		} finally {
			await elsewhere.close();
		}
	});

	test('goes on if only its signing key is another one', async () => {
		const credential = changing(world.credential, { signingSecret: 'agreed' });

		await execute(FIND, credential, { items: items.slice(0, 1) });

		expect(world.requestsOf('workflowTask:find')).toHaveLength(1);
	});
});

test('a token older than 23 hours is renewed before it is used', async () => {
	await execute(FIND, world.credential, { items });
	world.credential.data.sessionTokenObtainedAt = Date.now() - 23.5 * 3600 * 1000;

	await execute(FIND, world.credential, { items: items.slice(0, 1) });

	expect(world.requestsOf('workflowTask:find')).toHaveLength(21);
	expect(Number(world.credential.data.sessionTokenObtainedAt)).toBeGreaterThan(Date.now() - 60_000);
});

test('a token of a clock that was ahead is renewed, however AI Rudder refuses it', async () => {
	world.simulator.rejectTokenAs = 'body';
	await execute(FIND, world.credential, { items: items.slice(0, 1) });
	world.simulator.expireTokens();
	world.credential.data.sessionTokenObtainedAt = Date.now() + 8 * 3600 * 1000;

	await execute(FIND, world.credential, { items });

	expect(world.simulator.logins).toBe(2);
});

describe('settings that cannot work are named', () => {
	test.each([
		['api.airudder.com', /'Base URL' has to be a complete address/],
		['ftp://api.airudder.com', /'Base URL' has to be a complete address/],
		['http://127.0.0.1:9', /127\.0\.0\.1:9 cannot be reached/],
	])('base URL %s', async (baseUrl, message) => {
		world.credential.data.baseUrl = baseUrl;

		const error = await failure(FIND, world.credential, { items: items.slice(0, 1) });

		expect(error.message).toMatch(message);
	});

	test.each(['https://evil.example/steal', '//evil.example/steal', 'service/cloud'])(
		'override %s',
		async (path) => {
			const values = [{ operation: 'workflowTask:find', path }];
			world.credential.data.endpointOverrides = { values };

			const error = await failure(FIND, world.credential, { items: items.slice(0, 1) });

			expect(error.message).toMatch(/has to be a path on AI Rudder's host/);
			expect(world.simulator.requests).toHaveLength(0);
		},
	);
});
