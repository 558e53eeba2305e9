/**
 * Contact: Call and Wait on an n8n that does not sign the addresses of waiting executions (before 2.16):
 * whoever guesses an address could make up an outcome there, so nobody is dialled.
 */
import { errorOf, outputOf } from '../../scripts/real-n8n/execution.cts';
import { callAndWait, contacts, start } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, START_MS);

afterAll(() => world?.close());

async function call(settings: object = {}) {
	const node = { ...callAndWait(world.credential), ...settings };
	const { id } = await world.client.createWorkflow(inARow('Call', start(), contacts(1), node));
	return await world.client.runManually(id, 'Start');
}

const REFUSAL = /needs n8n 2\.16 or newer.*Nobody was called/;

test('it says which n8n it needs and what to do without, and calls nothing', async () => {
	const run = await call();

	expect(run.status).toBe('error');
	expect(errorOf(run, 'Call')?.message).toMatch(REFUSAL);
	expect(errorOf(run, 'Call')?.description).toMatch(/ask-for-outcome\.json/);
	expect(world.simulator.requests).toEqual([]);
});

test.each([
	['continueRegularOutput', 0],
	['continueErrorOutput', 1],
])('neither Retry On Fail nor On Error: %s changes that', async (onError, output) => {
	const run = await call({ retryOnFail: true, maxTries: 3, waitBetweenTries: 50, onError });

	expect(outputOf(run, 'Call', output)).toMatchObject([
		{ json: { error: expect.stringMatching(REFUSAL) } },
	]);
	expect(outputOf(run, 'Call', 1 - output)).toEqual([]);
	expect(world.simulator.requests).toEqual([]);
});
