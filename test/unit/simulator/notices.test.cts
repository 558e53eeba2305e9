/** The dialler and its notices: signed, aggregated, once per number, repeated at most five times. */
import { eventNames, sign } from '../../../simulator/index.cts';
import { closeAll, contacts, example, receive, simulate } from './harness.cts';

afterEach(closeAll);

const rowsOf = (bodies: Array<Record<string, unknown>>) =>
	bodies.flatMap(({ Details }) => (Array.isArray(Details) ? Details : []));

test('Sign fits the check vector of the documentation', () => {
	expect(sign('ac23fa05005e59b92e0b8a19fa5faf07', 'airudder')).toBe(
		'4d6017151d678e816c678d90e56e6e28',
	);
});

test('every contact is reported once, signed, with the documented keys', async () => {
	const hook = await receive();
	const client = await simulate({ webhooks: { callCompletion: hook.url }, aggregate: 10 });
	await client.login();
	await client.create({ details: contacts(25) });
	await client.simulator.settled();
	const rows = rowsOf(hook.bodies);
	expect(rows.map(({ CaseID }) => CaseID).sort()).toEqual(
		contacts(25)
			.map(({ case_id }) => case_id)
			.sort(),
	);
	const documented = example('call-completion.webhook.json');
	const [row] = rowsOf([documented]);
	for (const body of hook.bodies) {
		expect(Object.keys(body)).toEqual(Object.keys(documented));
		expect(body.Sign).toBe(sign(String(body.TaskID), 'airudder'));
		expect(rowsOf([body]).length).toBeLessThanOrEqual(10);
	}
	for (const entry of rows) {
		expect(Object.keys(entry)).toEqual(Object.keys(row));
		expect(entry.CallTimes).toBe(entry.RedailCall.length + 1);
		expect(Date.parse(entry.CallEndTime) > Date.parse(entry.CallStartTime)).toBe(
			entry.Intention !== '--',
		);
	}
	expect(rows[0].Variables).toHaveProperty('name');
});

test('the same seed gives the same outcomes, whatever the timing', async () => {
	const outcomes = async (seed: number, lines: number) => {
		const client = await (await simulate({ seed, lines })).login();
		await client.create({ details: contacts(20) });
		await client.simulator.settled();
		return client.simulator
			.acceptedContacts()
			.map(({ rounds }) => rounds[0].calls.map((call) => [call.ringType, call.intention]));
	};
	const first = await outcomes(7, 50);
	expect(await outcomes(7, 5)).toEqual(first);
	expect(await outcomes(8, 50)).not.toEqual(first);
});

test('a notice that is not taken is repeated five times, then given up', async () => {
	const hook = await receive(500);
	const { simulator } = await simulate();
	await simulator.fire('listCompletion', {}, hook.url);
	await simulator.settled();
	expect(simulator.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('all ten events can be fired, copied, and signed wrongly', async () => {
	const hook = await receive();
	const { simulator } = await simulate();
	for (const event of eventNames) await simulator.fire(event, {}, hook.url);
	expect(hook.bodies).toHaveLength(10);
	const chat = example('chatbot-session-end.webhook.json');
	const fired = hook.bodies[eventNames.indexOf('chatbotSessionEnd')];
	expect(Object.keys(fired)).toEqual(Object.keys(chat));
	const copies = await simulator.fire('callCompletion', { TaskID: 't' }, hook.url, {
		copies: 3,
		wrongSign: true,
	});
	expect(copies).toHaveLength(3);
	expect(hook.bodies.at(-1)?.Sign).not.toBe(sign('t', 'airudder'));
});

test('stopping cancels those who have not been called', async () => {
	const client = await (await simulate({ lines: 1, speed: 60 })).login();
	const { workflow_id } = (await client.create({ details: contacts(20) })).data;
	await client.post('stopinstance', { workflow_id });
	await client.simulator.settled();
	const statuses = client.simulator.acceptedContacts().map(({ status }) => status);
	expect(statuses.filter((status) => status === 'cancelled').length).toBeGreaterThanOrEqual(19);
});
