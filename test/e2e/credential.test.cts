/** What a person reads after a click on "Test" in the credential, from a real n8n. */
import { freePort } from '../../scripts/real-n8n/ports.cts';
import { outputOf } from '../../scripts/real-n8n/execution.cts';
import { start } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, START_MS);

afterAll(() => world?.close());

const testWith = (change: Record<string, unknown>) =>
	world.client.testCredential(world.credential, { ...world.credentialData, ...change });

test('good data', async () => {
	expect(await testWith({})).toMatchObject({ status: 'OK' });
});

test('a base URL with a slash at its end', async () => {
	expect(await testWith({ baseUrl: `${world.simulator.url}/` })).toMatchObject({ status: 'OK' });
});

test('a wrong secret, a wrong base URL and an unreachable host are told apart', async () => {
	const messages = [];
	for (const change of [
		{ appSecret: 'wrong' },
		{ baseUrl: `${world.simulator.url}/somewhere/else` },
		{ baseUrl: `http://127.0.0.1:${await freePort()}` },
		{ baseUrl: 'ftp://api.airudder.com' },
	]) {
		const { status, message } = await testWith(change);
		expect(status).toBe('Error');
		expect(message).not.toContain(String(world.credentialData.appSecret));
		messages.push(message);
	}
	expect(new Set(messages).size).toBe(messages.length);
	expect(messages[0]).toMatch(/app key|secret/i);
	expect(messages[1]).toMatch(/base url/i);
	expect(messages[2]).toMatch(/reach|connect/i);
	expect(messages[3]).toMatch(/http/i);
});

test.each(['https://elsewhere.invalid/login', '//elsewhere.invalid/login', 'login'])(
	'an override that is no path on the host is named, and the secret goes nowhere: %s',
	async (path) => {
		const endpointOverrides = { values: [{ operation: 'auth', path }] };
		const { status, message } = await testWith({ endpointOverrides });
		expect(status).toBe('Error');
		expect(message).toBe(
			`The endpoint override '${path}' has to be a path on AI Rudder's host, beginning with one slash`,
		);
	},
);

test('it calls nothing but the documented login', () => {
	const paths = new Set(world.simulator.requests.map(({ path }) => path));
	paths.delete('/somewhere/else/service/cloud/auth');
	expect([...paths]).toEqual(['/service/cloud/auth']);
});

test("n8n's own HTTP Request node logs in with it", async () => {
	const { id, name } = world.credential;
	const request = {
		name: 'Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		credentials: { aiRudderApi: { id, name } },
		parameters: {
			method: 'POST',
			url: `${world.simulator.url}/service/cloud/workflow/detailinstances`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'aiRudderApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify({
				start_time: '2026-01-01 00:00:00+08:00',
				end_time: '2099-01-01 00:00:00+08:00',
				callee: '+12025550123',
			}),
		},
	};
	const workflow = await world.client.createWorkflow(inARow('HTTP Request', start(), request));

	const run = await world.client.runManually(workflow.id, 'Start');

	expect(outputOf(run, 'Request')).toMatchObject([{ json: { status: 'OK', code: 200 } }]);
});
