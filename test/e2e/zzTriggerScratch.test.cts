import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from '../../simulator/index.cts';
import { trigger } from './support/nodes.cts';
import { allOutputs, inARow, SIGNING_KEY, START_MS, startWorld, type World } from './support/world.cts';

let world: World;
beforeAll(async () => {
	world = await startWorld({}, {});
}, START_MS);
afterAll(() => world?.close(), 60_000);

const notice = (id: string) =>
	JSON.stringify({ TaskID: 't1', Sign: sign('t1', SIGNING_KEY), Details: [{ CallID: id, CalleeNumber: '+12025550123' }] });

async function post(url: string, body: string, ms: number) {
	try {
		const r = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(ms) });
		return `${r.status} ${(await r.text()).slice(0, 60)}`;
	} catch (e) {
		return 'hung up';
	}
}
const out: unknown[] = [];
async function storm(name: string, url: string, body: string, n = 200, ms = 60_000) {
	const began = Date.now();
	const times: number[] = [];
	const copies = await Promise.all(Array.from({ length: n }, async () => { const a = await post(url, body, ms); times.push(Date.now() - began); return a; }));
	const counts: Record<string, number> = {};
	for (const c of copies) counts[c] = (counts[c] ?? 0) + 1;
	out.push([name, counts, 'first', Math.min(...times), 'last', Math.max(...times)]);
}
test('storms', async () => {
	const node = trigger(world.credential, {});
	const { id } = await world.client.createWorkflow(inARow('Fast', node));
	await world.client.activate(id);
	const url = world.client.webhookUrl(node);
	for (let i = 0; i < 5; i++) await post(url, notice(`warm${i}`), 10_000);
	await storm('forged', url, notice('x').replace(/"Sign":"./, '"Sign":"z'));
	await sleep(2000);
	await storm('known', url, notice('warm1'));
	await sleep(2000);
	await storm('copies 20', url, notice('many20'), 20);
	await sleep(2000);
	await storm('copies', url, notice('many'));
	await sleep(2000);
	await storm('copies again', url, notice('many'));
	await sleep(4000);
	try { const items = await allOutputs(world.client, id, 'Outcomes');
	out.push(items.map(({ json }) => json.callId).sort().join(' ')); } catch (e) { out.push(String(e)); }
	require('fs').writeFileSync('/tmp/storm.json', JSON.stringify(out, null, 1));
}, 300_000);
