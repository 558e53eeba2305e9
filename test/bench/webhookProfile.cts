/** Where n8n spends its time on a notice of many calls: says why the intake is as fast as it is. */
import { startWorld } from '../e2e/support/world.cts';
import { timeByPart, type Frame } from './support/cpuProfile.cts';
import { installEmptyTrigger } from './support/emptyTrigger.cts';
import { INSPECTED, inspectorUrl } from './support/inspector.cts';
import { brief } from './support/numbers.cts';
import type { Benchmark, Report } from './support/report.cts';
import { listen, sendRound, type Listening } from './webhook.cts';
import { oursTrigger, recordTrigger, splitTrigger, webhookNode } from './webhookPeers.cts';

const CALLS = 200;
const NOTICES = 100;
const WARM_UP = 30;

const IDLE = '(idle)';
const OTHER = 'rest of n8n';

/** What a function belongs to, by its name or where it stands; the first that fits. */
const PARTS: ReadonlyArray<[part: string, belongs: (frame: Frame) => boolean]> = [
	[IDLE, ({ functionName }) => functionName === IDLE],
	['AI Rudder Trigger', ({ url }) => url.includes('/node_modules/n8n-nodes-airudder/')],
	['items written as text', ({ url }) => url.includes('/flatted/')],
	[
		'database',
		({ url, functionName }) => /\/(typeorm|sqlite3|tarn)\//.test(url) || functionName === 'Backup',
	],
	['garbage collection', ({ functionName }) => functionName === '(garbage collector)'],
	['native code', ({ functionName }) => functionName === '(program)'],
	[OTHER, () => true],
];

const SHOWN = PARTS.map(([part]) => part).filter((part) => part !== IDLE);

const partOf = (frame: Frame): string => PARTS.find(([, belongs]) => belongs(frame))?.[0] ?? OTHER;

async function run(quick: boolean): Promise<Report> {
	const world = await startWorld({}, { ...INSPECTED, N8N_EXPRESSION_ENGINE: 'legacy' });
	try {
		await installEmptyTrigger(world.n8n.userFolder);
		const before = world.n8n.logs().length;
		await world.n8n.restart();
		const inspector = inspectorUrl(world.n8n.logs().slice(before));
		const rows: string[][] = [];
		const notices = quick ? 10 : NOTICES;
		const all: Listening[] = [];
		for (const peer of [oursTrigger, recordTrigger, splitTrigger, webhookNode]) {
			all.push(await listen(world, peer));
		}
		const send = (listening: Listening, count: number) =>
			sendRound(world, listening, CALLS, { concurrency: 1, notices: count });
		// All of them first: most of what has to warm up is n8n's own.
		for (const each of all) await send(each, quick ? 5 : WARM_UP);
		for (const listening of all) {
			const times = await timeByPart(inspector, partOf, () => send(listening, notices));
			const each = SHOWN.map((part) => (times.get(part) ?? 0) / notices);
			const sum = each.reduce((whole, part) => whole + part, 0);
			rows.push([listening.peer.name, ...[...each, sum].map((ms) => `${brief(ms)} ms`)]);
		}
		const table = { title: `A notice of ${CALLS} calls`, head: ['', ...SHOWN, 'all'], rows };
		return { tables: [table], goals: [], remarks: [] };
	} finally {
		await world.close();
	}
}

export const webhookProfile: Benchmark = {
	name: 'webhook-profile',
	title: 'Where the time of a notice goes',
	method:
		'Processor time of n8n’s main process for one notice, from the request to the stored execution, by a sampling profiler, with N8N_EXPRESSION_ENGINE=legacy; one notice after another.',
	run,
};
