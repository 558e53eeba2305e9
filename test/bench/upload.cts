/** Upload of 1,000 to 100,000 contacts: our node beside what n8n offers for it. */
import type { CredentialRef } from '../../scripts/real-n8n/client.cts';
import { say } from '../../scripts/real-n8n/progress.cts';
import { startWorld, type World } from '../e2e/support/world.cts';
import { brief, median, megabytes, seconds, times } from './support/numbers.cts';
import type { Benchmark, Goal, Report, Table } from './support/report.cts';
import { timedRun } from './support/runs.cts';
import { usageOf } from './support/usage.cts';
import { startSink, type Sink } from './support/sink.cts';
import {
	handTuned,
	onePerItem,
	ours,
	TASK_SIZE,
	UPLOAD_PEERS,
	type UploadPeer,
} from './uploadPeers.cts';

const LATENCY_MS = 20;
const RUNS = 3;
const WARM_UP = 100;

interface Result {
	peer: UploadPeer;
	wallMs: number;
	cpuSeconds: number;
	peakBytes: number;
	requests: number;
}

interface Sample {
	wallMs: number;
	cpuSeconds: number;
	peakBytes: number;
	requests: number;
}

interface Setting {
	world: World;
	sink: Sink;
	/** Leads to the sink. */
	credential: CredentialRef;
}

async function runOnce(
	{ world, sink, credential }: Setting,
	peer: UploadPeer,
	contacts: number,
): Promise<Sample> {
	const taskIds = Array.from(
		{ length: Math.ceil(contacts / TASK_SIZE) },
		(_, task) => `task-${task}`,
	);
	const workflow = peer.workflow({ credential, baseUrl: sink.url, taskIds, contacts });
	const before = { ...sink };
	const usage = await usageOf(world.n8n.pid, () => timedRun(world.client, workflow));
	const taken = sink.contacts - before.contacts;
	if (taken !== (peer.sends ? contacts : 0)) {
		throw new Error(`${peer.name}: ${taken} of ${contacts} contacts arrived`);
	}
	return { ...usage, requests: sink.requests - before.requests };
}

/** A fresh n8n for each peer and size: what one leaves in memory is not the next one's. */
async function measure(setting: Setting, peer: UploadPeer, contacts: number): Promise<Result> {
	say(`  ${contacts} contacts: ${peer.name}`);
	await setting.world.n8n.restart();
	await runOnce(setting, peer, WARM_UP);
	const samples: Sample[] = [];
	for (let run = 0; run < RUNS; run++) samples.push(await runOnce(setting, peer, contacts));
	const of = (key: keyof Sample): number => median(samples.map((sample) => sample[key]));
	return {
		peer,
		wallMs: of('wallMs'),
		cpuSeconds: of('cpuSeconds'),
		peakBytes: of('peakBytes'),
		requests: of('requests'),
	};
}

const find = (results: Result[], peer: UploadPeer): Result => {
	const found = results.find((result) => result.peer === peer);
	if (!found) throw new Error(`${peer.name} was not measured`);
	return found;
};

function toTable(contacts: number, results: Result[]): Table {
	const own = find(results, ours);
	return {
		title: `${contacts.toLocaleString('en')} contacts`,
		head: ['', 'time', 'AI Rudder node ÷ this', 'requests', 'CPU', 'peak memory'],
		rows: results.map(({ peer, wallMs, requests, cpuSeconds, peakBytes }) => [
			peer.name,
			seconds(wallMs),
			peer === ours ? '' : times(own.wallMs / wallMs),
			String(requests),
			`${brief(cpuSeconds)} s`,
			megabytes(peakBytes),
		]),
	};
}

function goalsOf(results: Result[]): Goal[] {
	const [own, tuned, single] = [ours, handTuned, onePerItem].map((peer) => find(results, peer));
	const againstTuned = own.wallMs / tuned.wallMs;
	const faster = single.wallMs / own.wallMs;
	const memory = own.peakBytes / single.peakBytes;
	return [
		{
			what: 'time ≤ 1.1 × that of Code + HTTP Request',
			met: againstTuned <= 1.1,
			figures: times(againstTuned),
		},
		{
			what: 'time ≤ 1/20 of HTTP Request one per item',
			met: faster >= 20,
			figures: `1/${brief(faster)}`,
		},
		{
			what: 'peak memory ≤ 0.7 × that of HTTP Request one per item',
			met: memory <= 0.7,
			figures: times(memory),
		},
	];
}

async function run(quick: boolean): Promise<Report> {
	const sizes = quick ? [1_000] : [1_000, TASK_SIZE, 100_000];
	const goalSize = quick ? sizes[0] : TASK_SIZE;
	const world = await startWorld();
	const sink = await startSink(LATENCY_MS);
	const report: Report = { tables: [], goals: [], remarks: [] };
	try {
		const data = { ...world.credentialData, baseUrl: sink.url };
		const credential = await world.client.createCredential('Sink', 'aiRudderApi', data);
		const setting = { world, sink, credential };
		for (const contacts of sizes) {
			const results: Result[] = [];
			for (const peer of UPLOAD_PEERS.filter(({ largest }) => contacts <= largest)) {
				results.push(await measure(setting, peer, contacts));
			}
			report.tables.push(toTable(contacts, results));
			if (contacts === goalSize) report.goals.push(...goalsOf(results));
		}
	} finally {
		await Promise.all([world.close(), sink.close()]);
	}
	report.goals = report.goals.map((goal) => ({
		...goal,
		what: `${goal.what} at ${goalSize.toLocaleString('en')} contacts`,
	}));
	if (!quick) {
		// A run in which a contact is missing has thrown.
		report.goals.push({
			what: '100,000 contacts (ten workflow tasks) finish',
			met: true,
			figures: 'all arrived, counted by the vendor',
		});
	}
	return report;
}

export const upload: Benchmark = {
	name: 'upload',
	title: 'Upload of contacts',
	method:
		'Time is from start to end of the execution as n8n has it, with a vendor that answers after 20 ms and does nothing else; CPU is that of n8n with its task runner until the execution is stored; memory is the peak of the main process. Medians of three runs in a fresh n8n each; every run checked for the number of contacts that arrived.',
	run,
};
