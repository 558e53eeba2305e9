/** What the demo does beside its workflows: the stand-in reports to the trigger that the user has published. */
import { until } from '../../scripts/real-n8n/client.cts';
import { reportToPublished } from '../../scripts/demo/publishedTriggers.cts';
import { trigger } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, START_MS);

afterAll(() => world?.close());

async function publish(name: string) {
	const node = trigger(world.credential, { events: ['callCompletion'] });
	const { id } = await world.client.createWorkflow(inARow(name, node));
	await world.client.activate(id);
	return { id, url: world.client.webhookUrl(node) };
}

const reportedTo = (url: string) =>
	until('the address', async () =>
		world.simulator.webhookUrls.callCompletion === url ? true : undefined,
	);

test('calls are reported to the trigger published last, and to the one before when that is withdrawn', async () => {
	const told: string[] = [];
	const stop = new AbortController();
	const { client, simulator } = world;

	const first = await publish('First');
	const reporting = reportToPublished(
		client,
		simulator,
		({ name }) => told.push(name),
		stop.signal,
	);
	await reportedTo(first.url);
	const second = await publish('Second');
	await reportedTo(second.url);
	await client.deactivate(second.id);
	await reportedTo(first.url);
	stop.abort();
	await reporting;

	expect(told).toEqual(['First', 'Second', 'First']);
});
