/** The harness itself, on n8n's own nodes: what the other tests rely on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, until, type Workflow } from '../../scripts/real-n8n/client.cts';
import { errorOf, outputOf, type ExecutionSummary } from '../../scripts/real-n8n/execution.cts';
import { ensureN8n } from '../../scripts/real-n8n/install.cts';
import { startN8n, type RunningN8n } from '../../scripts/real-n8n/start.cts';

const INSTALL_MS = 15 * 60_000;
const OWNER = { email: 'owner@example.com', password: 'Passw0rd-for-tests' };
const WEBHOOK_ID = '6c0ff3a1-64b5-4a4f-9c7b-3c4f2d6f0a11';

const manual: Workflow = {
	name: 'By hand',
	nodes: [
		{
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			name: 'Three items',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [200, 0],
			parameters: { jsCode: 'return [1, 2, 3].map((n) => ({ json: { n, shared: { a: "0" } } }));' },
		},
		{
			name: 'Stop',
			type: 'n8n-nodes-base.stopAndError',
			typeVersion: 1,
			position: [400, 0],
			parameters: { errorMessage: 'as intended' },
		},
	],
	connections: {
		Start: { main: [[{ node: 'Three items', type: 'main', index: 0 }]] },
		'Three items': { main: [[{ node: 'Stop', type: 'main', index: 0 }]] },
	},
};

const webhook: Workflow = {
	name: 'By call',
	nodes: [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: WEBHOOK_ID,
			parameters: { path: WEBHOOK_ID, httpMethod: 'POST', options: {} },
		},
	],
	connections: {},
};

let userFolder: string;
let n8n: RunningN8n;
let client: N8nClient;

beforeAll(async () => {
	await ensureN8n();
	userFolder = await mkdtemp(join(tmpdir(), 'harness-'));
	n8n = await startN8n({ userFolder });
	client = await N8nClient.connect(n8n.url, OWNER);
}, INSTALL_MS);

afterAll(async () => {
	await n8n?.stop();
	await rm(userFolder, { recursive: true, force: true });
});

test('a manual run gives the items and the error of its nodes', async () => {
	const { id } = await client.createWorkflow(manual);
	const whole = await client.runManually(id, 'Start');
	expect(whole.status).toBe('error');
	expect(outputOf(whole, 'Three items').map(({ json }) => json.n)).toEqual([1, 2, 3]);
	expect(outputOf(whole, 'Three items')[2].json.shared).toEqual({ a: '0' });
	expect(errorOf(whole, 'Stop')?.message).toBe('as intended');
	expect(errorOf(whole)?.message).toBe('as intended');

	const part = await client.runManually(id, 'Start', { destination: 'Three items' });
	expect(part.status).toBe('success');
	expect(errorOf(part)).toBeUndefined();
});

test('an active webhook starts executions, also after n8n was killed and started again', async () => {
	const { id } = await client.createWorkflow(webhook);
	await client.activate(id);
	const url = `${n8n.url}/webhook/${WEBHOOK_ID}`;
	const call = (body: unknown): Promise<Response> =>
		fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	const successes = (count: number): Promise<ExecutionSummary[]> =>
		until(`${count} successful executions`, async () => {
			const all = await client.executions(id);
			return all.filter(({ status }) => status === 'success').length === count ? all : undefined;
		});
	expect((await call({ first: true })).status).toBe(200);
	await successes(1);

	await n8n.kill();
	await n8n.restart();
	client = await N8nClient.connect(n8n.url, OWNER);
	// n8n answers before its webhooks do.
	await until('the webhook', async () =>
		(await call({ second: true })).status === 200 ? true : undefined,
	);

	const executions = await successes(2);
	const last = await client.execution(executions[1].id);
	expect(outputOf(last, 'Webhook')[0].json.body).toEqual({ second: true });

	await client.deactivate(id);
	expect((await call({ third: true })).status).toBe(404);
});
