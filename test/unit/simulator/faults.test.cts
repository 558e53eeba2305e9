/** Faults: what the client sees, and whether contacts were really taken. */
import { setTimeout as sleep } from 'node:timers/promises';
import { faultKinds, faults } from '../../../simulator/index.cts';
import { closeAll, contacts, simulate } from './harness.cts';

afterEach(closeAll);

const SILENT = ['timeout-before', 'timeout-after'];

test.each(faultKinds)('%s takes contacts exactly when it says so', async (kind) => {
	const client = await (await simulate()).login();
	const { simulator } = client;
	const { workflow_id } = (await client.create()).data;
	simulator.faults.add({ kind, operation: 'contact:add', times: 1, forMs: 100 });
	const hangUp = new AbortController();
	const request = fetch(`${simulator.url}/service/cloud/workflow/uploaddetails`, {
		method: 'POST',
		headers: { authorization: `Token ${client.token}`, 'content-type': 'application/json' },
		body: JSON.stringify({ workflow_id, details: contacts(2) }),
		signal: hangUp.signal,
	})
		.then((response) => response.text())
		.catch(() => undefined);
	const arrived = () => simulator.faults.hits(kind) === 1;
	for (const end = Date.now() + 10_000; !arrived() && Date.now() < end; ) await sleep(10);
	if (SILENT.includes(kind)) hangUp.abort();
	await request;
	expect(simulator.acceptedContacts()).toHaveLength(faults[kind].taken ? 2 : 0);
	expect(simulator.requests.at(-1)?.fault).toBe(kind);
	expect(simulator.faults.hits(kind)).toBe(1);
});

test('skips the first ones, hits a number of times, and tells whether a token followed', async () => {
	const client = await (await simulate()).login();
	const { faults: plan, otherHost } = client.simulator;
	plan.add({
		kind: 'redirect-other-host',
		operation: 'workflowTemplate:getAll',
		after: 1,
		times: 1,
	});
	const answers = [];
	for (let asked = 0; asked < 3; asked++) answers.push((await client.get('templates')).data);
	expect(answers.map((data) => 'list' in data)).toEqual([true, false, true]);
	expect(otherHost.requests.map(({ withToken }) => withToken)).toEqual([false]);
});

test('refused: nothing listens for a while, then it is there again', async () => {
	const client = await (await simulate()).login();
	client.simulator.faults.add({ kind: 'refused', forMs: 150 });
	await expect(client.get('templates')).rejects.toThrow();
	const deadline = Date.now() + 3_000;
	let code: number | undefined;
	while (code === undefined && Date.now() < deadline) {
		code = await client.get('templates').then(
			(answer) => answer.code,
			() => undefined,
		);
	}
	expect(code).toBe(200);
});
