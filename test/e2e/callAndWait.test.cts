/** Contact: Call and Wait in a real n8n: one node that dials a person and goes on with the outcome. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readExample } from '../../scripts/demo/examples.cts';
import { until, type WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { errorOf, outputOf, RUNNING, type Execution } from '../../scripts/real-n8n/execution.cts';
import { callAndWait, code, contacts, start, trigger, waitForPost } from './support/nodes.cts';
import { allOutputs, inARow, START_MS, startWorld, type World } from './support/world.cts';

jest.setTimeout(180_000);

const SPEED = 200;
/** Three real seconds: the execution waits by then, on a slow machine, too. */
const LATER_MS = 3_000 * SPEED;

let world: World;

beforeAll(async () => {
	world = await startWorld({ speed: SPEED });
}, START_MS);

beforeEach(() => {
	const { options, faults } = world.simulator;
	options.aggregateDelayMs = 0;
	// The outcome hangs on the case ID, which is another one with every run of some tests.
	options.answerRate = 1;
	faults.clear();
});

afterAll(() => world?.close());

/** What the call was followed by, for a flow has to go on. */
const AFTER = code('After', 'return $input.all();');

/** A published workflow that receives the notices from now on. */
async function listen(options: Record<string, unknown> = {}) {
	const node = trigger(world.credential, { options });
	const { id } = await world.client.createWorkflow(inARow('Outcomes', node));
	await world.client.activate(id);
	const url = world.client.webhookUrl(node);
	world.simulator.setWebhookUrl('callCompletion', url);
	return {
		url,
		started: async () => await allOutputs(world.client, id, 'Outcomes'),
		stop: async () => await world.client.deactivate(id),
	};
}

/** Runs the flow by hand until it waits or ends. */
async function call(
	parameters: Record<string, unknown> = {},
	settings: object = {},
	...next: WorkflowNode[]
) {
	const node = { ...callAndWait(world.credential, parameters), ...settings };
	const nodes = [start(), contacts(1), node, ...next, AFTER];
	const { id } = await world.client.createWorkflow(inARow('Call and wait', ...nodes));
	return await world.client.finished(await world.client.startManually(id, 'Start'));
}

/** Calls, and holds the outcome back. */
async function callWithoutOutcome(parameters: Record<string, unknown> = {}) {
	const { url, ...listener } = await listen({ removeDuplicates: false });
	world.simulator.setWebhookUrl('callCompletion', undefined);
	const { id, status } = await call(parameters);
	expect(status).toBe('waiting');
	return { id, reference: lastReference(), url, ...listener };
}

const lastReference = () => String(world.simulator.acceptedContacts().at(-1)?.variables.n8n_ref);

const ended = (id: string): Promise<Execution> =>
	until(
		`the end of execution ${id}`,
		async () => {
			const execution = await world.client.execution(id);
			return [...RUNNING, 'waiting'].includes(execution.status) ? undefined : execution;
		},
		120_000,
	);

/** A signed notice of one call. */
const notify = (url: string, reference: string, how: object = {}, row: object = {}) => {
	const call = { CalleeNumber: '+12025550100', CallID: randomUUID(), Status: 'finished' };
	const details = [{ ...call, Variables: { n8n_ref: reference }, ...row }];
	return world.simulator.fire('callCompletion', { Details: details }, url, how);
};

const outcomesOf = (execution: Execution) =>
	outputOf(execution, 'After').map(({ json }) => json as Record<string, unknown>);

const statusOf = async (id: string) => (await world.client.execution(id)).status;

test('the outcome is what the node puts out, in a flow that runs by itself', async () => {
	const { started, stop } = await listen();
	const hook: WorkflowNode = {
		name: 'Lead',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: randomUUID(),
		parameters: { httpMethod: 'POST', path: 'lead', options: {} },
	};
	const node = callAndWait(world.credential);
	const flow = inARow('Lead', hook, contacts(1), node, AFTER);
	const { id: workflowId } = await world.client.createWorkflow(flow);
	await world.client.activate(workflowId);
	await fetch(`${world.n8n.url}/webhook/lead`, { method: 'POST' });
	const [{ id }] = await until('an execution', async () => {
		const all = await world.client.executions(workflowId);
		return all.length > 0 ? all : undefined;
	});

	const run = await ended(id);

	expect(run.status).toBe('success');
	const [contact] = world.simulator.acceptedContacts().slice(-1);
	const [outcome, ...others] = outcomesOf(run);
	expect(others).toEqual([]);
	expect(outcome).toMatchObject({
		phoneNumber: contact.callee,
		caseId: 'CASE-0',
		status: 'finished',
		variables: { name: 'Person 0', n8n_ref: lastReference() },
		timedOut: false,
	});
	expect(outcome.callId).toEqual(expect.any(String));
	expect(await until('the trigger', async () => (await started())[0])).toMatchObject({
		json: { callId: outcome.callId },
	});
	await stop();
});

test('by hand, with the reference as case ID, and without an execution of the trigger', async () => {
	world.simulator.options.aggregateDelayMs = LATER_MS;
	const { started, stop } = await listen({ awaitedCalls: 'leaveOut' });
	const { id } = await call({ referenceIn: 'caseId' });

	const [outcome] = outcomesOf(await ended(id));

	expect(outcome).toMatchObject({ status: 'finished', timedOut: false });
	expect(outcome.caseId).toMatch(new RegExp(`^${id}\\.`));
	await world.simulator.settled();
	expect(world.simulator.deliveries.at(-1)).toMatchObject({ status: 200, answer: '{}' });
	expect(await started()).toEqual([]);
	await stop();
});

test('an outcome that is there before the execution waits is not lost', async () => {
	const { stop } = await listen();
	const delivered = world.simulator.deliveries.length;
	world.simulator.faults.add({
		kind: 'slow-trickle',
		operation: 'workflowTask:create',
		times: 1,
		forMs: 15_000,
	});
	const running = call();
	await until('the notice', async () => world.simulator.deliveries[delivered]);
	const [{ durationMs, status }] = world.simulator.deliveries.slice(delivered);
	expect(status).toBe(200);
	expect(durationMs).toBeLessThan(7_000);

	const { id } = await running;

	expect(outcomesOf(await ended(id))).toMatchObject([{ status: 'finished', timedOut: false }]);
	await stop();
});

test.each([2, 3])('%s copies at once continue the flow once', async (copies) => {
	const { id, reference, url, stop } = await callWithoutOutcome();

	await notify(url, reference, { copies });

	expect(outcomesOf(await ended(id))).toHaveLength(1);
	await notify(url, reference);
	await sleep(1_500);
	expect(outcomesOf(await world.client.execution(id))).toHaveLength(1);
	await stop();
});

test('only the last state of a call ends the wait, and a forged reference never does', async () => {
	const { id, reference, url, stop } = await callWithoutOutcome();
	const [executionId, signature, wait] = reference.split('.');

	for (const forged of [
		`${executionId}.${'0'.repeat(signature.length)}.${wait}`,
		`${executionId}.${signature}.00000000`,
		`${executionId}/../${executionId}.${signature}.${wait}`,
		`1@example.com/${executionId}.${signature}.${wait}`,
	]) {
		await notify(url, forged);
	}
	await notify(url, reference, {}, { Status: 'pending' });
	const [unsigned] = await notify(url, reference, { wrongSign: true });
	expect(unsigned.status).toBe(401);
	await sleep(2_000);
	expect(await statusOf(id)).toBe('waiting');

	await notify(url, reference);
	expect(outcomesOf(await ended(id))).toHaveLength(1);
	await stop();
});

test('each call of a loop gets its own outcome, not a copy of the one before', async () => {
	const { url, stop } = await listen({ removeDuplicates: false });
	world.simulator.setWebhookUrl('callCompletion', undefined);
	const loop: WorkflowNode = {
		name: 'Loop',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { options: {} },
	};
	const flow = inARow('Loop', start(), contacts(2), loop, callAndWait(world.credential), AFTER);
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	const { id: workflowId } = await world.client.createWorkflow({
		...flow,
		connections: {
			...flow.connections,
			Loop: { main: [to('After'), to('Call')] },
			Call: { main: [to('Loop')] },
		},
	});
	const id = await world.client.startManually(workflowId, 'Start');
	const waitingFor = (other?: string) =>
		until('the wait', async () =>
			(await statusOf(id)) === 'waiting' && lastReference() !== other ? lastReference() : undefined,
		);

	const first = await waitingFor();
	await notify(url, first, {}, { Intention: 'A' });
	const second = await waitingFor(first);
	await notify(url, first, {}, { Intention: 'A' });
	await sleep(1_500);
	expect(await statusOf(id)).toBe('waiting');
	await notify(url, second, {}, { Intention: 'B' });

	const run = await ended(id);
	expect(outcomesOf(run)).toMatchObject([{ intention: 'A' }, { intention: 'B' }]);
	await stop();
});

test('a restart of n8n does not end the wait', async () => {
	const { id, reference, url, stop } = await callWithoutOutcome();

	await world.n8n.restart();
	expect(await statusOf(id)).toBe('waiting');
	await until('the trigger', async () =>
		(await notify(url, reference))[0].status === 200 ? true : undefined,
	);

	expect(outcomesOf(await ended(id))).toMatchObject([{ timedOut: false }]);
	await stop();
});

test('without an outcome the flow goes on with a marked item, and a late one changes nothing', async () => {
	const { id, reference, url, started, stop } = await callWithoutOutcome({
		waitAmount: 10,
		waitUnit: 'seconds',
	});

	const run = await ended(id);

	expect(run.status).toBe('success');
	expect(outcomesOf(run)).toMatchObject([
		{
			timedOut: true,
			phoneNumber: '+12025550100',
			caseId: 'CASE-0',
			status: null,
			answered: null,
			transcript: [],
		},
	]);
	await notify(url, reference);
	await until('the trigger', async () => (await started())[0]);
	await sleep(1_000);
	expect(outcomesOf(await world.client.execution(id))).toMatchObject([{ timedOut: true }]);
	await stop();
});

test.each([
	['outcome', {}, ''],
	['time-out', { waitAmount: 3, waitUnit: 'seconds' }, 'airudder'],
])('after its %s a late outcome resumes no other node of the flow', async (end, limit, suffix) => {
	const { url, started, stop } = await listen({
		removeDuplicates: false,
		awaitedCalls: 'leaveOut',
	});
	world.simulator.setWebhookUrl('callCompletion', undefined);
	const { id } = await call(limit, {}, waitForPost('Payment', suffix));
	const reference = lastReference();
	if (end === 'outcome') await notify(url, reference);
	await until('the wait for the payment', async () => {
		const { status, data } = await world.client.execution(id);
		const isThere = status === 'waiting' && data.resultData.lastNodeExecuted === 'Payment';
		return isThere ? true : undefined;
	});
	expect(await started()).toEqual([]);

	await notify(url, reference);

	await until('the trigger', async () => (await started())[0]);
	await sleep(1_500);
	expect(await statusOf(id)).toBe('waiting');
	const [executionId, signature] = reference.split('.');
	const waiting = `${world.n8n.url}/webhook-waiting/${executionId}`;
	await fetch(`${waiting}/${suffix}?signature=${signature}`, {
		method: 'POST',
		body: new URLSearchParams({ paid: 'yes' }),
	});
	expect(outcomesOf(await ended(id))).toMatchObject([{ body: { paid: 'yes' } }]);
	await stop();
});

test('a cancelled execution stays cancelled', async () => {
	const { id, reference, url, stop } = await callWithoutOutcome();
	await world.client.stopExecution(id);

	const [delivery] = await notify(url, reference);

	expect(delivery.status).toBe(200);
	await sleep(1_500);
	expect(await statusOf(id)).toBe('canceled');
	await stop();
});

describe('Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 50 };
	const operation = 'workflowTask:create';

	test('does not dial again where nobody knows whether AI Rudder has the contact', async () => {
		const before = world.simulator.acceptedContacts().length;
		world.simulator.faults.add({ kind: 'reset-after', operation, times: 1 });

		const run = await call({}, retry);

		expect(run.status).toBe('error');
		expect(errorOf(run)?.message).toMatch(/1 perhaps uploaded/);
		expect(world.simulator.acceptedContacts()).toHaveLength(before + 1);
	});

	test('dials in the second try what certainly was not sent in the first', async () => {
		const { stop } = await listen();
		const before = world.simulator.acceptedContacts().length;
		world.simulator.faults.add({ kind: 'body-403', operation, times: 1 });

		const { id } = await call({}, retry);

		expect(outcomesOf(await ended(id))).toMatchObject([{ timedOut: false }]);
		expect(world.simulator.acceptedContacts()).toHaveLength(before + 1);
		await stop();
	});
});

test.each([
	['Talked to', true],
	['Not reached', false],
])('the example does what its note promises: %s', async (branch, answered) => {
	world.simulator.options.answerRate = answered ? 1 : 0;
	world.simulator.options.aggregateDelayMs = LATER_MS;
	const example = await readExample('call-and-wait.json', world.credential);
	const { id: workflowId, nodes } = await world.client.createWorkflow(example);
	const hook = nodes.find(({ type }) => type === 'n8n-nodes-airudder.aiRudderTrigger');
	await world.client.activate(workflowId);
	world.simulator.setWebhookUrl('callCompletion', world.client.webhookUrl({ ...hook }));

	const run = await ended(await world.client.startManually(workflowId, 'Start here'));

	expect(errorOf(run)).toBeUndefined();
	expect(outputOf(run, branch).map(({ json }) => json)).toMatchObject([
		{ phoneNumber: '+12025550100', answered, timedOut: false },
	]);
	expect(await world.client.executions(workflowId)).toHaveLength(1);
	await world.client.deactivate(workflowId);
});

test('several items are refused before anybody is dialled', async () => {
	const before = world.simulator.requests.length;
	const nodes = [start(), contacts(2), callAndWait(world.credential)];
	const { id } = await world.client.createWorkflow(inARow('Several', ...nodes));

	const run = await world.client.runManually(id, 'Start');

	expect(errorOf(run)?.message).toMatch(/one contact at a time, and the input has 2 items/);
	expect(errorOf(run)?.description).toMatch(/Loop Over Items/);
	expect(world.simulator.requests).toHaveLength(before);
});
