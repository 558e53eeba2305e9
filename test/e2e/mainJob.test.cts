/** The main job in a real n8n: contacts in, a workflow task, every call's outcome back exactly once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../scripts/real-n8n/client.cts';
import { errorOf, outputOf } from '../../scripts/real-n8n/execution.cts';
import { sign } from '../../simulator/index.cts';
import { vendorExample } from './support/examples.cts';
import { contacts, createTask, start, trigger } from './support/nodes.cts';
import {
	allOutputs,
	inARow,
	SIGNING_KEY,
	START_MS,
	startWorld,
	waitForOutputs,
	type World,
} from './support/world.cts';

const CONTACTS = 25;

let world: World;
let outcomes: { workflowId: string; url: string };

beforeAll(async () => {
	world = await startWorld();
	outcomes = await listen();
	world.simulator.setWebhookUrl('callCompletion', outcomes.url);
}, START_MS);

afterEach(() => {
	world.simulator.options.latencyMs = 0;
});

afterAll(() => world?.close());

/** An active workflow with our trigger, and where it listens. */
async function listen(parameters: Record<string, unknown> = {}) {
	const node = trigger(world.credential, parameters);
	const { id } = await world.client.createWorkflow(inARow('Outcomes', node));
	await world.client.activate(id);
	return { workflowId: id, url: world.client.webhookUrl(node) };
}

function upload(count: number, name: string, options: Record<string, unknown> = {}) {
	const nodes = [start(), contacts(count), createTask(world.credential, name, options)];
	return world.client.createWorkflow(inARow(name, ...nodes));
}

const post = (url: string, body: string): Promise<Response> =>
	fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

test(`${CONTACTS} contacts are uploaded and ${CONTACTS} outcomes come back, none twice`, async () => {
	const { id } = await upload(CONTACTS, 'Campaign');
	const run = await world.client.runManually(id, 'Start');
	expect(errorOf(run)).toBeUndefined();
	expect(outputOf(run, 'Create').map(({ json }) => json.state)).toEqual(
		Array.from({ length: CONTACTS }, () => 'uploaded'),
	);
	expect(world.simulator.acceptedContacts()).toHaveLength(CONTACTS);

	await waitForOutputs(world.client, outcomes.workflowId, 'Outcomes', CONTACTS);
	await world.simulator.settled();
	await sleep(1_000);
	const items = await allOutputs(world.client, outcomes.workflowId, 'Outcomes');
	const called = items.map(({ json }) => json.phoneNumber);
	expect(called).toHaveLength(CONTACTS);
	expect(new Set(called)).toEqual(
		new Set(world.simulator.acceptedContacts().map(({ callee }) => callee)),
	);
});

/** In fields, so that the input need not hold anything. */
const CONTACT = { phoneNumber: '+12025550111', caseId: '', variablesFrom: 'fields' };

test('a trigger whose empty item is pinned starts an upload like any other', async () => {
	const create = createTask(world.credential, 'Pinned', {}, CONTACT);
	const workflow = await world.client.createWorkflow({
		...inARow('Pinned', start(), create),
		pinData: { Start: [{ json: {} }] },
	});
	const run = await world.client.runManually(workflow.id, 'Start');
	expect(outputOf(run, 'Create').map(({ json }) => json.state)).toEqual(['uploaded']);
});

/** Logins and contacts that a run of the upload costs; the run has to succeed. */
async function costOf(workflowId: string) {
	const { simulator, client } = world;
	const before = { logins: simulator.logins, contacts: simulator.acceptedContacts().length };
	const run = await client.runManually(workflowId, 'Start');
	expect(errorOf(run)).toBeUndefined();
	return {
		logins: simulator.logins - before.logins,
		contacts: simulator.acceptedContacts().length - before.contacts,
	};
}

test.each(['body', 'http'] as const)(
	'a token that died since the last run is renewed with one login (refused as %s)',
	async (rejectTokenAs) => {
		const { id } = await upload(3, `Renewal ${rejectTokenAs}`);
		world.simulator.rejectTokenAs = rejectTokenAs;
		world.simulator.expireTokens();
		expect(await costOf(id)).toEqual({ logins: 1, contacts: 3 });
		expect(await costOf(id)).toEqual({ logins: 0, contacts: 3 });
	},
);

test('a token that dies in the middle of an upload is renewed with one login, and no contact is lost or sent twice', async () => {
	const { id } = await upload(CONTACTS, 'Midway', { batchSize: 2 });
	world.simulator.options.latencyMs = 500;
	const before = world.simulator.requests.length;
	const running = costOf(id);
	await until('a few batches', async () =>
		world.simulator.requests.length > before + 4 ? true : undefined,
	);
	world.simulator.expireTokens();
	expect(await running).toEqual({ logins: 1, contacts: CONTACTS });
});

test('a wrong signature is refused with 401 and starts no execution', async () => {
	const { workflowId, url } = await listen();
	const [delivery] = await world.simulator.fire('callCompletion', {}, url, { wrongSign: true });
	expect(delivery.status).toBe(401);
	const unsigned = await post(url, JSON.stringify({ TaskID: 'task', Details: [] }));
	expect(unsigned.status).toBe(401);
	await sleep(1_000);
	expect(await world.client.executions(workflowId)).toEqual([]);
});

test("the vendor's own example of a call notice, byte for byte but for its masked Sign", async () => {
	const { workflowId, url } = await listen();
	const raw = await listen({ simplify: false });
	const text = await vendorExample('call-completion.webhook.json');
	const notice = JSON.parse(text);
	const signed = text.replace(notice.Sign, sign(notice.TaskID, SIGNING_KEY));
	for (const target of [url, raw.url]) {
		const response = await post(target, signed);
		expect(response.status).toBe(200);
		expect(await response.text()).toBe('{}');
	}

	const [item] = await waitForOutputs(world.client, workflowId, 'Outcomes', 1);
	expect(item.json).toMatchObject({
		event: 'callCompletion',
		taskId: notice.TaskID,
		workflowId: notice.workflow_id,
		callId: notice.Details[0].CallID,
		caseId: '7777777.0',
		phoneNumber: '+86xxxxxxxx721',
		answered: true,
		intention: 'E',
		variables: { var1: 'aaa', var2: 'bbb', var3: 'ccc' },
	});
	const [untouched] = await waitForOutputs(world.client, raw.workflowId, 'Outcomes', 1);
	expect(untouched.json.payload).toEqual(JSON.parse(signed));
});
