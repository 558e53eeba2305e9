/** Mixed traffic for minutes: memory and open files have to stay where they are. */
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../scripts/real-n8n/progress.cts';
import { contacts, createTask, trigger } from '../e2e/support/nodes.cts';
import { inARow, SIGNING_KEY, startWorld, type World } from '../e2e/support/world.cts';
import { callNotice } from './support/notices.cts';
import { brief, megabytes, median, times } from './support/numbers.cts';
import type { Benchmark, Report } from './support/report.cts';
import { openFiles, residentBytes } from './support/usage.cts';

const TICK_MS = 250;
const SAMPLE_EVERY = 20;
const UPLOAD_EVERY = 40;
/** Samples are compared by thirds: in the first one n8n is still warming up. */
const PARTS = 3;

interface Sample {
	memory: number;
	files: number;
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
	url: string;
	uploadUrl: string;
	counts: Counts;
	sent: string[];
}

/** What runs the upload: its own webhook, as a user's system would call it. */
async function listen(world: World): Promise<Traffic> {
	const { client, n8n, credential } = world;
	const notices = trigger(credential);
	const webhookPath = 'soak-upload';
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: webhookPath,
		parameters: { path: webhookPath, httpMethod: 'POST', options: {} },
	};
	const upload = inARow('Upload', webhook, contacts(50), createTask(credential, 'Soak'));
	for (const workflow of [inARow('Outcomes', notices), upload]) {
		const { id } = await client.createWorkflow(workflow);
		await client.activate(id);
	}
	return {
		url: client.webhookUrl(notices),
		uploadUrl: `${n8n.url}/webhook/${webhookPath}`,
		counts: { notices: 0, repeats: 0, forged: 0, uploads: 0, unexpected: 0 },
		sent: [],
	};
}

async function post(
	{ counts }: Traffic,
	kind: Exclude<keyof Counts, 'unexpected'>,
	url: string,
	body: string,
): Promise<void> {
	const expected = kind === 'forged' ? 401 : 200;
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body,
		signal: AbortSignal.timeout(10_000),
	});
	await response.text();
	counts[kind]++;
	if (response.status !== expected) counts.unexpected++;
}

/** One moment of traffic: a notice each time, and in turn a repeat, a forgery, an upload. */
async function tick(traffic: Traffic, count: number): Promise<void> {
	const { url, uploadUrl, sent } = traffic;
	const body = JSON.stringify(callNotice(count % 10 === 0 ? 50 : 1, SIGNING_KEY));
	await post(traffic, 'notices', url, body);
	sent.push(body);
	if (count % 4 === 1) await post(traffic, 'repeats', url, sent[sent.length >> 1]);
	if (count % 4 === 3) {
		await post(traffic, 'forged', url, JSON.stringify(callNotice(1, 'another key')));
	}
	if (count % UPLOAD_EVERY === 2) await post(traffic, 'uploads', uploadUrl, '{}');
	if (sent.length > 1_000) sent.shift();
}

async function traffic(world: World, minutes: number): Promise<[Counts, Sample[]]> {
	const lively = await listen(world);
	const until = Date.now() + minutes * 60_000;
	const samples: Sample[] = [];
	for (let count = 1; Date.now() < until; count++) {
		const next = Date.now() + TICK_MS;
		try {
			await tick(lively, count);
		} catch {
			// No answer in the vendor's ten seconds.
			lively.counts.unexpected++;
		}
		if (count % SAMPLE_EVERY === 0) {
			const { pid } = world.n8n;
			samples.push({ memory: await residentBytes(pid), files: await openFiles(pid) });
		}
		await sleep(Math.max(0, next - Date.now()));
	}
	return [lively.counts, samples];
}

const part = <T,>(all: readonly T[], index: number): T[] =>
	all.slice(
		Math.floor((index * all.length) / PARTS),
		Math.floor(((index + 1) * all.length) / PARTS),
	);

async function run(quick: boolean, minutes: number): Promise<Report> {
	const duration = quick ? 0.5 : minutes;
	// A minute a second: the simulator's own calls end and are reported, too.
	const world = await startWorld({ speed: 60 });
	try {
		say(`  ${duration} minutes of traffic`);
		const [counts, samples] = await traffic(world, duration);
		const of = (index: number, key: keyof Sample): number =>
			median(part(samples, index).map((sample) => sample[key]));
		const memory = of(2, 'memory') / of(1, 'memory');
		const files = Math.max(...part(samples, 2).map((sample) => sample.files));
		return {
			tables: [
				{
					title: `${duration} minutes`,
					head: ['', 'first third', 'second third', 'last third'],
					rows: [
						['memory, median', ...[0, 1, 2].map((index) => megabytes(of(index, 'memory')))],
						['open files, median', ...[0, 1, 2].map((index) => brief(of(index, 'files')))],
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
			],
			goals: [
				{
					what: 'memory in the last third ≤ 1.1 × that in the second',
					met: memory <= 1.1,
					figures: times(memory),
				},
				{
					what: 'open files in the last third ≤ 20 more than the median of the second',
					met: files <= of(1, 'files') + 20,
					figures: `at most ${files}`,
				},
				{
					what: 'every answer as expected: 200, and 401 for forgeries',
					met: counts.unexpected === 0,
					figures: `${counts.unexpected} others`,
				},
			],
			remarks: [],
		};
	} finally {
		await world.close();
	}
}

export const soak: Benchmark = {
	name: 'soak',
	title: 'Soak',
	method:
		'Four notices a second of one or 50 calls, with repeats and forgeries, and an upload every ten seconds; memory is that of n8n’s main process.',
	run,
};
