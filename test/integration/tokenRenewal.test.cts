import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../scripts/real-n8n/client.cts';
import { execute, failure, type StoredCredential } from './support/n8n.cts';
import { CREATE, people, simulated } from './support/simulated.cts';

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

	await execute(FIND, world.credential, { items: items.slice(0, 1) });

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
