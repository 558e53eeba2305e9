/** Mixed traffic for an hour: memory and open files stay where they are, every outcome is stored once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../scripts/real-n8n/progress.cts';
import { contacts, createTask, trigger } from '../e2e/support/nodes.cts';
import { inARow, SIGNING_KEY, startWorld, type World } from '../e2e/support/world.cts';
import { allEnded, allStored, outcomesOf, tallyOf, type Listening } from '../storm/storm.cts';
import { heapBytes } from './support/heap.cts';
import { INSPECTED, inspectorUrl } from './support/inspector.cts';
import { callNotice } from './support/notices.cts';
import { brief, megabytes, median, times } from './support/numbers.cts';
import type { Benchmark, Report } from './support/report.cts';
import { openFiles, residentBytes } from './support/usage.cts';

const TICK_MS = 250;
const SAMPLE_EVERY = 20;
/** Collecting the garbage holds n8n up. */
const HEAP_EVERY = 60;
const UPLOAD_EVERY = 40;
/** Samples are compared by thirds: in the first one n8n is still warming up. */
const PARTS = 3;
/** Repeats are of notices of the last minutes, as the vendor's are. */
const REMEMBERED = 1_000;

/** What is looked at, in the order of time. */
interface Samples {
	memory: number[];
	heap: number[];
	files: number[];
}

interface Counts {
	notices: number;
	repeats: number;
	forged: number;
	uploads: number;
	/** Answers other than expected. */
	unexpected: number;
}

interface Traffic {
	listening: Listening;
	uploadUrl: string;
	counts: Counts;
	/** Bodies of the last notices. */
	recent: string[];
	outcomes: string[];
}

/** What runs the upload: its own webhook, as a user's system would call it. */
async function listen(world: World): Promise<Traffic> {
	const { client, n8n, credential, simulator } = world;
	const node = trigger(credential);
	const webhookPath = 'soak-upload';
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: webhookPath,
		parameters: { path: webhookPath, httpMethod: 'POST', options: {} },
	};
	const { id: workflowId } = await client.createWorkflow(inARow('Outcomes', node));
	const { id: uploadId } = await client.createWorkflow(
		inARow('Upload', webhook, contacts(50), createTask(credential, 'Soak')),
	);
	for (const id of [workflowId, uploadId]) await client.activate(id);
	const url = client.webhookUrl(node);
	simulator.setWebhookUrl('callCompletion', url);
	return {
		listening: { workflowId, trigger: node.name, url },
		uploadUrl: `${n8n.url}/webhook/${webhookPath}`,
		counts: { notices: 0, repeats: 0, forged: 0, uploads: 0, unexpected: 0 },
		recent: [],
		outcomes: [],
	};
}

async function post(
	{ counts }: Traffic,
	kind: Exclude<keyof Counts, 'unexpected'>,
	url: string,
	body: string,
): Promise<void> {
	const expected = kind === 'forged' ? 401 : 200;
	counts[kind]++;
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
			signal: AbortSignal.timeout(10_000),
		});
		await response.text();
		if (response.status !== expected) counts.unexpected++;
	} catch {
		// No answer in the vendor's ten seconds.
		counts.unexpected++;
	}
}

/** One moment of traffic: a notice each time, and in turn a repeat, a forgery, an upload. */
async function tick(traffic: Traffic, count: number): Promise<void> {
	const { listening, uploadUrl, recent, outcomes } = traffic;
	const notice = callNotice(count % 10 === 0 ? 50 : 1, SIGNING_KEY);
	const body = JSON.stringify(notice);
	outcomes.push(...outcomesOf(notice));
	await post(traffic, 'notices', listening.url, body);
	recent.push(body);
	if (recent.length > REMEMBERED) recent.shift();
	if (count % 4 === 1) await post(traffic, 'repeats', listening.url, recent[recent.length >> 1]);
	if (count % 4 === 3) {
		await post(traffic, 'forged', listening.url, JSON.stringify(callNotice(1, 'another key')));
	}
	if (count % UPLOAD_EVERY === 2) await post(traffic, 'uploads', uploadUrl, '{}');
}

async function flow({ n8n }: World, traffic: Traffic, minutes: number): Promise<Samples> {
	const { pid } = n8n;
	const inspector = inspectorUrl(n8n.logs());
	const until = Date.now() + minutes * 60_000;
	const samples: Samples = { memory: [], heap: [], files: [] };
	for (let count = 1; Date.now() < until; count++) {
		const next = Date.now() + TICK_MS;
		await tick(traffic, count);
		if (count % SAMPLE_EVERY === 0) {
			samples.memory.push(await residentBytes(pid));
			samples.files.push(await openFiles(pid));
		}
		if (count % HEAP_EVERY === 0) samples.heap.push(await heapBytes(inspector));
		await sleep(Math.max(0, next - Date.now()));
	}
	return samples;
}

/** The outcomes that were sent, ours and those of the uploaded contacts, as n8n has them in the end. */
async function settle(world: World, { listening, outcomes }: Traffic) {
	const { simulator } = world;
	await simulator.settled(10 * 60_000);
	await allEnded(world, listening.workflowId);
	const reported = simulator.deliveries.flatMap(({ body }) => outcomesOf(body));
	const found = await allStored(world, listening);
	return tallyOf([...outcomes, ...reported], found);
}

const part = (all: readonly number[], index: number): number[] =>
	all.slice(
		Math.floor((index * all.length) / PARTS),
		Math.floor(((index + 1) * all.length) / PARTS),
	);

/** The medians of the thirds. */
const thirds = (all: readonly number[]): number[] =>
	Array.from({ length: PARTS }, (_, index) => median(part(all, index)));

async function run(quick: boolean, minutes: number): Promise<Report> {
	const duration = quick ? 1 : minutes;
	// A minute a second, so that uploaded contacts are called and reported while it lasts. n8n would
	// delete what is to be counted at the end.
	const world = await startWorld({ speed: 60 }, { ...INSPECTED, EXECUTIONS_DATA_PRUNE: 'false' });
	try {
		say(`  ${duration} minutes of traffic`);
		const traffic = await listen(world);
		const samples = await flow(world, traffic, duration);
		const { counts } = traffic;
		const { outcomes, stored, lost, doubled } = await settle(world, traffic);
		const [memory, heap, files] = [samples.memory, samples.heap, samples.files].map(thirds);
		const growth = { memory: memory[2] / memory[1], heap: heap[2] / heap[1] };
		const mostFiles = Math.max(...part(samples.files, 2));
		return {
			tables: [
				{
					title: `${duration} minutes`,
					head: ['median', 'first third', 'second third', 'last third'],
					rows: [
						['memory', ...memory.map(megabytes)],
						['heap after garbage collection', ...heap.map(megabytes)],
						['open files and sockets', ...files.map(brief)],
					],
				},
				{
					title: 'Traffic',
					head: ['notices', 'repeats', 'forged', 'uploads of 50', 'unexpected answers'],
					rows: [
						[counts.notices, counts.repeats, counts.forged, counts.uploads, counts.unexpected].map(
							String,
						),
					],
				},
				{
					title: 'Outcomes',
					head: ['sent', 'stored', 'lost', 'doubled'],
					rows: [[outcomes, stored, lost, doubled].map(String)],
				},
			],
			goals: [
				{
					what: 'memory in the last third ≤ 1.1 × that in the second',
					met: growth.memory <= 1.1,
					figures: times(growth.memory),
				},
				{
					what: 'heap after garbage collection in the last third ≤ 1.1 × that in the second',
					met: growth.heap <= 1.1,
					figures: times(growth.heap),
				},
				{
					what: 'open files in the last third ≤ 20 more than the median of the second',
					met: mostFiles <= files[1] + 20,
					figures: `at most ${mostFiles}`,
				},
				{
					what: 'every answer as expected: 200, and 401 for forgeries',
					met: counts.unexpected === 0,
					figures: `${counts.unexpected} others`,
				},
				{
					what: 'every outcome stored once',
					met: outcomes > 0 && lost === 0 && doubled === 0,
					figures: `${lost} lost, ${doubled} doubled`,
				},
			],
			remarks: [
				'What the heap grows by is what the trigger remembers to tell repeats: up to 100,000 calls, some 20 MB in all (“Our own work”).',
			],
		};
	} finally {
		await world.close();
	}
}

export const soak: Benchmark = {
	name: 'soak',
	title: 'Soak',
	method:
		'Four notices a second of one or 50 calls, with repeats and forgeries, and every ten seconds an upload whose contacts are called and reported, too; memory is that of n8n’s main process.',
	run,
};
