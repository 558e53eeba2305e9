/** Download of recordings: our node beside HTTP Request with the answer as a file. */
import type { Workflow, WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { say } from '../../scripts/real-n8n/progress.cts';
import { aiRudder, code, start } from '../e2e/support/nodes.cts';
import { inARow, startWorld, type World } from '../e2e/support/world.cts';
import { startFileServer } from './support/fileServer.cts';
import { median, megabytes, seconds, times } from './support/numbers.cts';
import type { Benchmark, Goal, Report, Table } from './support/report.cts';
import { timedRun } from './support/runs.cts';
import { usageOf } from './support/usage.cts';

const RUNS = 3;
const MEGABYTE = 1024 * 1024;

interface Size {
	files: number;
	bytes: number;
}

const SMALL: Size = { files: 20, bytes: 5 * MEGABYTE };
const LARGE: Size = { files: 1, bytes: 200 * MEGABYTE };

interface Peer {
	name: string;
	node(world: World): WorkflowNode;
}

const ours: Peer = {
	name: 'Recording: Download',
	node: ({ credential }) =>
		aiRudder(credential, 'Download', {
			resource: 'recording',
			operation: 'download',
			recordingFrom: 'url',
			recordingUrl: '={{ $json.url }}',
		}),
};

const httpRequest: Peer = {
	name: 'HTTP Request, response as file',
	node: () => ({
		name: 'Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: '={{ $json.url }}',
			options: { response: { response: { responseFormat: 'file' } } },
		},
	}),
};

const PEERS = [ours, httpRequest];

interface Result {
	wallMs: number;
	growth: number;
}

const workflowOf = (world: World, peer: Peer, urls: string[]): Workflow =>
	inARow(
		peer.name,
		start(),
		code('Links', `return ${JSON.stringify(urls)}.map((url) => ({ json: { url } }));`),
		peer.node(world),
	);

async function measure(
	world: World,
	urlsOf: (size: Size) => string[],
	peer: Peer,
	size: Size,
): Promise<Result> {
	say(`  ${size.files} × ${size.bytes / MEGABYTE} MB: ${peer.name}`);
	await world.n8n.restart();
	const download = (each: Size) => timedRun(world.client, workflowOf(world, peer, urlsOf(each)));
	await download({ files: 1, bytes: MEGABYTE });
	const samples: Result[] = [];
	for (let run = 0; run < RUNS; run++) {
		const usage = await usageOf(world.n8n.pid, () => download(size));
		samples.push({ wallMs: usage.wallMs, growth: usage.peakBytes - usage.baseBytes });
	}
	return {
		wallMs: median(samples.map(({ wallMs }) => wallMs)),
		growth: median(samples.map(({ growth }) => growth)),
	};
}

async function run(quick: boolean): Promise<Report> {
	const world = await startWorld({}, { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' });
	const files = await startFileServer();
	const urlsOf = ({ files: count, bytes }: Size): string[] =>
		Array.from({ length: count }, (_, index) => files.urlOf(bytes, `call-${index}`));
	const tables: Table[] = [];
	const goals: Goal[] = [];
	try {
		for (const size of quick ? [SMALL] : [SMALL, LARGE]) {
			const title = `${size.files} × ${size.bytes / MEGABYTE} MB`;
			const results: Result[] = [];
			for (const peer of PEERS) results.push(await measure(world, urlsOf, peer, size));
			const [own, core] = results;
			const ratio = own.wallMs / core.wallMs;
			tables.push({
				title,
				head: ['', 'time', 'memory above that before'],
				rows: PEERS.map(({ name }, index) => [
					name,
					seconds(results[index].wallMs),
					megabytes(results[index].growth),
				]),
			});
			goals.push({
				what: `time ≤ 1.05 × HTTP Request's, ${title}`,
				met: ratio <= 1.05,
				figures: times(ratio),
			});
			if (size === LARGE) {
				goals.push({
					what: 'memory does not grow with the file: less than half of it',
					met: own.growth < LARGE.bytes / 2,
					figures: megabytes(own.growth),
				});
			}
		}
	} finally {
		await Promise.all([world.close(), files.close()]);
	}
	return { tables, goals, remarks: [] };
}

export const recording: Benchmark = {
	name: 'recording',
	title: 'Download of recordings',
	method:
		"n8n keeps files in its file system. Medians of three runs in a fresh n8n; memory is the peak of n8n's main process above what it held before.",
	run,
};
