/** The trigger in a real n8n: every event once, repeats swallowed, nothing lost when n8n cannot store. */
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { until } from '../../scripts/real-n8n/client.cts';
import { eventNames, sign, type EventName } from '../../simulator/index.cts';
import { vendorExample } from './support/examples.cts';
import { trigger, wait } from './support/nodes.cts';
import { ANSWERS_ONCE_STORED } from './support/release.cts';
import { lockDatabase } from './support/sqliteLock.cts';
import {
	allOutputs,
	IN_QUEUE_MODE,
	inARow,
	SIGNING_KEY,
	START_MS,
	startWorld,
	waitForOutputs,
	WEBHOOK_PROCESSES,
	type World,
} from './support/world.cts';

const ALL_EVENTS = [...eventNames, 'unknown'];

let world: World;

beforeAll(async () => {
	world = await startWorld({ speed: 600 });
}, START_MS);

afterAll(() => world?.close());

async function listen(parameters: Record<string, unknown> = {}, at = world) {
	const node = trigger(at.credential, { events: ALL_EVENTS, ...parameters });
	const { id } = await at.client.createWorkflow(inARow('Notices', node));
	await at.client.activate(id);
	return { id, url: at.client.webhookUrl(node) };
}

const post = (url: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
	fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

test.each(eventNames)(
	'%s arrives once, and its copies and repeats start nothing',
	async (event) => {
		const { id, url } = await listen();

		const copies = await world.simulator.fire(event, {}, url, { copies: 5 });
		await post(url, JSON.stringify(copies[0].body));

		expect(copies.map(({ status }) => status)).toEqual(Array(5).fill(200));
		expect(copies.map(({ answer }) => answer)).toEqual(Array(5).fill('{}'));
		const [item] = await waitForOutputs(world.client, id, 'Outcomes', 1);
		expect(item.json).toMatchObject({ event, eventId: expect.stringMatching(/^[0-9a-f]{32}$/) });
		await sleep(500);
		// Each process knows what it has received itself.
		const { length } = await world.client.executions(id);
		expect(length).toBeLessThanOrEqual(WEBHOOK_PROCESSES);
	},
);

test('an event that is not selected is answered 200 and starts nothing; an unknown one arrives', async () => {
	const { id, url } = await listen({ events: ['unknown'] });

	const [left] = await world.simulator.fire('listCompletion', {}, url);
	const unknown = await post(url, '{"something": {"else": true}}');

	expect([left.status, unknown.status]).toEqual([200, 200]);
	const items = await waitForOutputs(world.client, id, 'Outcomes', 1);
	expect(items).toMatchObject([
		{ json: { event: 'unknown', payload: { something: { else: true } } } },
	]);
});

test.each([
	['chatbot-session-end.webhook.json', 'chatbotSessionEnd' satisfies EventName],
	['call-completion.webhook.json', 'callCompletion' satisfies EventName],
	['verify-api-node-push.response.json', 'apiNodePush' satisfies EventName],
])("the vendor's %s, byte for byte, in both shapes", async (file, event) => {
	const simple = await listen();
	const raw = await listen({ simplify: false });
	const text = await vendorExample(file);
	const parsed = JSON.parse(text);
	// The whole shape of a push is the `data` of this answer; the masked Sign of a call notice is made valid.
	const pushed = event === 'apiNodePush' ? JSON.stringify(parsed.data) : text;
	const sent = parsed.Sign ? pushed.replace(parsed.Sign, sign(parsed.TaskID, SIGNING_KEY)) : pushed;

	for (const { url } of [simple, raw]) expect((await post(url, sent)).status).toBe(200);

	const [item] = await waitForOutputs(world.client, simple.id, 'Outcomes', 1);
	expect(item.json).toMatchObject({ event, workflowId: JSON.parse(sent).workflow_id });
	expect(item.json).not.toHaveProperty('problems');
	const [untouched] = await waitForOutputs(world.client, raw.id, 'Outcomes', 1);
	expect(untouched.json.payload).toEqual(JSON.parse(sent));
});

test('a notice under a Content-Type that n8n leaves unread is read all the same', async () => {
	const { id, url } = await listen({ simplify: false });
	const text = await vendorExample('chatbot-session-end.webhook.json');
	const type = { 'content-type': 'application/octet-stream' };

	const plain = await post(url, text, type);
	const other = text.replace('"call_id": "', '"call_id": "another-');
	const zipped = await post(url, gzipSync(other), { ...type, 'content-encoding': 'gzip' });

	expect([plain.status, zipped.status]).toEqual([200, 200]);
	const items = await waitForOutputs(world.client, id, 'Outcomes', 2);
	expect(items.map(({ json }) => json.payload)).toEqual(
		expect.arrayContaining([JSON.parse(text), JSON.parse(other)]),
	);
});

const WHEN_NOT_STORED = ANSWERS_ONCE_STORED
	? 'is answered with 5xx, and taken when it is repeated'
	: 'is answered 200 by n8n 1.x, which does not wait for it to be stored';

/** Only SQLite can be locked from outside. */
const withSqlite = IN_QUEUE_MODE ? test.skip : test;

withSqlite(`a notice that n8n could not store ${WHEN_NOT_STORED}`, async () => {
	const { id, url } = await listen();
	const unlock = await lockDatabase(world.n8n.userFolder);

	const [first] = await world.simulator.fire('listCompletion', {}, url);
	await unlock();
	await until('the repeat', async () => {
		const attempts = world.simulator.deliveries.filter((delivery) => delivery.url === url);
		return attempts.some(({ status }) => status === 200) ? true : undefined;
	});

	expect(first.status === 200).toBe(!ANSWERS_ONCE_STORED);
	await waitForOutputs(world.client, id, 'Outcomes', 1);
	await sleep(1_000);
	expect(await allOutputs(world.client, id, 'Outcomes')).toHaveLength(1);
});

test('whatever is thrown at it: no 5xx, and the good notice beside it arrives', async () => {
	const { id, url } = await listen();
	const json = fc.json({ maxDepth: 4 });
	const shapes = fc.record(
		{
			TaskID: fc.jsonValue(),
			Details: fc.jsonValue(),
			Sign: fc.jsonValue(),
			rows: fc.jsonValue(),
			status: fc.jsonValue(),
			waba_task_id: fc.jsonValue(),
			node_id: fc.jsonValue(),
			callee: fc.jsonValue(),
			type: fc.constantFrom('TaskStatus', 'ContactStatus', 'AgentStatus', 7),
			body: fc.jsonValue(),
		},
		{ requiredKeys: [] },
	);
	const bodies = fc.sample(
		fc.oneof(
			json,
			shapes.map((shape) => JSON.stringify(shape)),
			fc.string(),
			fc.uint8Array({ maxLength: 200 }),
		),
		{ numRuns: 300, seed: 20261120 },
	);
	const types = [
		'application/json',
		'text/plain',
		'application/x-www-form-urlencoded',
		'image/png',
	];
	const statuses = new Map<number, number>();

	for (const [index, body] of bodies.entries()) {
		const { status } = await post(url, body, { 'content-type': types[index % 7] ?? types[0] });
		statuses.set(status, (statuses.get(status) ?? 0) + 1);
	}
	const [good] = await world.simulator.fire('callCompletion', {}, url);

	expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
	expect(good.status).toBe(200);
	await until('the good notice', async () => {
		const items = await allOutputs(world.client, id, 'Outcomes');
		return items.some(({ json: item }) => item.event === 'callCompletion') ? true : undefined;
	});
}, 180_000);

/** In queue mode the limit is that of a worker, and no answer waits for it. */
const inOneProcess = IN_QUEUE_MODE ? describe.skip : describe;

inOneProcess('two executions at a time, and a flow that takes longer than the sender waits', () => {
	let busy: World;

	beforeAll(async () => {
		busy = await startWorld({ speed: 60 }, { N8N_CONCURRENCY_PRODUCTION_LIMIT: '2' });
	}, START_MS);

	afterAll(() => busy?.close());

	test('the sender hangs up after ten seconds and repeats: one execution each, none lost', async () => {
		const node = trigger(busy.credential, { events: ALL_EVENTS });
		const { id } = await busy.client.createWorkflow(inARow('Slow', node, wait(6)));
		await busy.client.activate(id);
		const url = busy.client.webhookUrl(node);
		const cases = Array.from({ length: 8 }, (_, index) => `CASE-${index}`);

		await Promise.all(
			cases.map(async (caseId) => {
				await busy.simulator.fire('listCompletion', { case_id: caseId }, url);
			}),
		);
		const attempts = busy.simulator.deliveries.filter((delivery) => delivery.url === url);
		expect(attempts.some(({ status }) => status === undefined)).toBe(ANSWERS_ONCE_STORED);

		await busy.simulator.settled(120_000);
		const items = await waitForOutputs(busy.client, id, 'Outcomes', cases.length);
		await sleep(1_000);
		expect(items.map(({ json }) => json.caseId).sort()).toEqual(cases);
		expect(await busy.client.executions(id)).toHaveLength(cases.length);
	}, 180_000);
});
