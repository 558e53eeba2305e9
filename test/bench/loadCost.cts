/** What n8n pays for having the package: time and memory to load its nodes, bytes on disk. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ensureN8n } from '../../scripts/real-n8n/install.cts';
import { installPackage, packPackage } from '../../scripts/real-n8n/pack.cts';
import { RUNTIME } from '../../scripts/real-n8n/paths.cts';
import { run as runProgram } from '../../scripts/real-n8n/run.cts';
import { brief, median } from './support/numbers.cts';
import type { Benchmark, Report } from './support/report.cts';

const RUNS = 9;
const N8N_MODULES = join(RUNTIME, 'n8n/node_modules');
const CORE_NODES = join(N8N_MODULES, 'n8n-nodes-base/dist/nodes');

/** Runs in a Node of its own; what every node needs is loaded before the clock starts. */
const PROGRAM = `
require('n8n-workflow');
const [, ...files] = process.argv;
gc();
const heap = process.memoryUsage().heapUsed;
const start = performance.now();
for (const file of files) for (const Node of Object.values(require(file))) new Node();
const ms = performance.now() - start;
gc();
process.stdout.write(JSON.stringify({ ms, bytes: process.memoryUsage().heapUsed - heap }));
`;

const measured = z.object({ ms: z.number(), bytes: z.number() });

type Cost = z.infer<typeof measured>;

async function loadOnce(node: string, files: string[]): Promise<Cost> {
	const output = await runProgram(node, ['--expose-gc', '--eval', PROGRAM, ...files], {
		cwd: RUNTIME,
		// n8n's own loader finds its modules for a community package in the same way.
		env: { NODE_PATH: N8N_MODULES },
	});
	return measured.parse(JSON.parse(output));
}

async function loadCostOf(files: string[], runs: number): Promise<Cost> {
	const { node } = await ensureN8n();
	const costs: Cost[] = [];
	for (let run = 0; run < runs; run++) costs.push(await loadOnce(node, files));
	return { ms: median(costs.map(({ ms }) => ms)), bytes: median(costs.map(({ bytes }) => bytes)) };
}

async function bytesIn(folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const sizes = await Promise.all(
		files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}

async function run(quick: boolean): Promise<Report> {
	const runs = quick ? 3 : RUNS;
	const folder = await mkdtemp(join(tmpdir(), 'load-cost-'));
	try {
		await installPackage(await packPackage(), folder);
		const installed = join(folder, '.n8n/nodes/node_modules/n8n-nodes-airudder');
		const ourNode = (name: string): string =>
			join(installed, `dist/nodes/AiRudder/${name}.node.js`);
		const core = (path: string): string => join(CORE_NODES, `${path}.node.js`);
		const cases: Array<[string, string[]]> = [
			['both AI Rudder nodes', [ourNode('AiRudder'), ourNode('AiRudderTrigger')]],
			['n8n’s Webhook', [core('Webhook/Webhook')]],
			['n8n’s HTTP Request', [core('HttpRequest/HttpRequest')]],
		];
		const costs: Cost[] = [];
		for (const [, files] of cases) costs.push(await loadCostOf(files, runs));
		const unpacked = await bytesIn(installed);
		const [{ ms, bytes }] = costs;
		const milliseconds = (value: number): string => `${brief(value)} ms`;
		const megabytes = (value: number): string => `${brief(value / 1e6)} MB`;
		const kilobytes = `${brief(unpacked / 1000)} kB`;
		return {
			tables: [
				{
					title: 'Loading',
					head: ['', 'time', 'heap'],
					rows: cases.map(([name], index) => [
						name,
						milliseconds(costs[index].ms),
						megabytes(costs[index].bytes),
					]),
				},
				{ title: 'On disk', head: ['', 'unpacked'], rows: [['our package', kilobytes]] },
			],
			goals: [
				{ what: 'both nodes load in ≤ 10 ms', met: ms <= 10, figures: milliseconds(ms) },
				{ what: 'and take ≤ 1.5 MB', met: bytes <= 1.5e6, figures: megabytes(bytes) },
				{ what: 'package ≤ 150 kB unpacked', met: unpacked <= 150_000, figures: kilobytes },
			],
			remarks: [],
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

export const loadCost: Benchmark = {
	name: 'load',
	title: 'What loading the package costs',
	method: 'Each run is a Node of its own in which n8n-workflow is loaded already; medians.',
	run,
};
