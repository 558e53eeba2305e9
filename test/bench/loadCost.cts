/** What n8n pays for having the package: time and memory to load its nodes, bytes on disk. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { transform } from 'esbuild';
import { z } from 'zod';
import { ensureN8n } from '../../scripts/real-n8n/install.cts';
import { installPackage, packPackage } from '../../scripts/real-n8n/pack.cts';
import { RUNTIME } from '../../scripts/real-n8n/paths.cts';
import { npm, run as runProgram } from '../../scripts/real-n8n/run.cts';
import { brief, median } from './support/numbers.cts';
import type { Benchmark, Report } from './support/report.cts';

const RUNS = 15;
const N8N_MODULES = join(RUNTIME, 'n8n/node_modules');
const CORE_NODES = join(N8N_MODULES, 'n8n-nodes-base/dist/nodes');

/** Others' packages for one service each: widely used ones, or their vendor's own. */
const COMMUNITY_PACKAGES: Readonly<Record<string, string>> = {
	'@blotato/n8n-nodes-blotato': '1.0.10',
	'@mendable/n8n-nodes-firecrawl': '2.1.2',
	'@respond-io/n8n-nodes-respond-io': '1.3.6',
	'n8n-nodes-evolution-api': '1.0.4',
	'n8n-nodes-upload-post': '0.1.32',
};

/** Runs in a Node of its own; what every node needs is loaded before the clock starts. */
const PROGRAM = `
require('n8n-workflow');
const [, ...files] = process.argv;
gc();
const heap = process.memoryUsage().heapUsed;
const start = performance.now();
const nodes = files.flatMap((file) => Object.values(require(file)).map((Node) => new Node()));
const ms = performance.now() - start;
gc();
const bytes = process.memoryUsage().heapUsed - heap;

let choices = 0;
const texts = new Set();
const descriptions = nodes.map((node) => (node.getNodeType?.() ?? node).description);
JSON.stringify(descriptions, (key, value) => {
	if (key === 'action' && typeof value === 'string') choices++;
	if (typeof value === 'string' && value.includes(' ')) texts.add(value);
	return value;
});
const textBytes = Buffer.byteLength([...texts].join(''));
process.stdout.write(JSON.stringify({ ms, bytes, choices, textBytes }));
`;

/** The same for the steps that Node takes with a file: to read it, to compile it, to run it. */
const STEPS_PROGRAM = `
require('n8n-workflow');
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { compileFunction } = require('node:vm');
const [, filename] = process.argv;
const times = [performance.now()];
const step = (result) => {
	times.push(performance.now());
	return result;
};
const text = step(readFileSync(filename, 'utf8'));
const names = ['exports', 'require', 'module'];
const run = step(compileFunction(text, names, { filename }));
const require_ = createRequire(filename);
for (const name of ['n8n-workflow', 'zod', 'luxon', 'node:crypto']) require_(name);
step();
const module_ = { exports: {} };
run(module_.exports, require_, module_);
step();
for (const Class of Object.values(module_.exports)) new Class();
step();
process.stdout.write(JSON.stringify(times.slice(1).map((time, index) => time - times[index])));
`;

const STEPS = [
	'the file is read',
	'V8 compiles it, before anything of it runs',
	"n8n's packages are looked up",
	'its tables and descriptions are built',
	'both nodes and the credential are made',
];

const measured = z.object({
	/** Until all nodes are there. */
	ms: z.number(),
	/** Heap that they keep. */
	bytes: z.number(),
	/** Operations and events, as the editor lists them. */
	choices: z.number(),
	/** What the editor shows of them, each text counted once. */
	textBytes: z.number(),
});

type Cost = z.infer<typeof measured>;

/** Something that is loaded, as the table names it. */
interface Peer {
	name: string;
	files: string[];
	/** Its package, if the nodes are all that is in it. */
	folder?: string;
}

async function inNodeOfItsOwn(program: string, files: string[]): Promise<unknown> {
	const { node } = await ensureN8n();
	const output = await runProgram(node, ['--expose-gc', '--eval', program, ...files], {
		cwd: RUNTIME,
		// n8n's own loader finds its modules for a community package in the same way.
		env: { NODE_PATH: N8N_MODULES },
	});
	return JSON.parse(output);
}

const loadOnce = async (files: string[]): Promise<Cost> =>
	measured.parse(await inNodeOfItsOwn(PROGRAM, files));

/** Medians of the steps, in milliseconds. */
async function stepsOf(file: string, runs: number): Promise<number[]> {
	const rounds: number[][] = [];
	for (let run = 0; run < runs; run++) {
		rounds.push(z.array(z.number()).parse(await inNodeOfItsOwn(STEPS_PROGRAM, [file])));
	}
	return STEPS.map((_, step) => median(rounds.map((round) => round[step])));
}

/** In turns, so that a busy moment of the machine meets all of them. */
async function costsOf(peers: Peer[], runs: number): Promise<Cost[]> {
	const rounds: Cost[][] = [];
	for (let run = 0; run < runs; run++) {
		const round: Cost[] = [];
		for (const { files } of peers) round.push(await loadOnce(files));
		rounds.push(round);
	}
	return peers.map((_, peer) => ({
		...rounds[0][peer],
		ms: median(rounds.map((round) => round[peer].ms)),
		bytes: median(rounds.map((round) => round[peer].bytes)),
	}));
}

const manifest = z.object({ n8n: z.object({ nodes: z.array(z.string()) }) });

async function communityPeer(name: string, folder: string): Promise<Peer> {
	const text = await readFile(join(folder, 'package.json'), 'utf8');
	const { nodes } = manifest.parse(JSON.parse(text)).n8n;
	return { name, folder, files: nodes.map((file) => join(folder, file)) };
}

const corePeer = (name: string, path: string): Peer => ({
	name,
	files: [join(CORE_NODES, `${path}.node.js`)],
});

async function installPeers(folder: string): Promise<Peer[]> {
	const pins = Object.entries(COMMUNITY_PACKAGES).map((pin) => pin.join('@'));
	const args = ['install', '--prefix', folder, '--ignore-scripts', '--legacy-peer-deps'];
	await npm([...args, ...pins], { cwd: folder });
	return await Promise.all(
		Object.entries(COMMUNITY_PACKAGES).map(([name, version]) =>
			communityPeer(`${name} ${version}`, join(folder, 'node_modules', name)),
		),
	);
}

interface StoredFile {
	/** Inside its package. */
	path: string;
	bytes: number;
}

async function filesIn(folder: string): Promise<StoredFile[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	return await Promise.all(
		files.map(async ({ parentPath, name }) => {
			const path = join(parentPath, name);
			return { path: path.slice(folder.length + 1), bytes: (await stat(path)).size };
		}),
	);
}

const total = (files: StoredFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

const PARTS: ReadonlyArray<[string, (path: string) => boolean]> = [
	['code', (path) => extname(path) === '.js'],
	['output schemas for the editor', (path) => path.includes('__schema__')],
	['README', (path) => path === 'README.md'],
	['icons, search words, licence, package.json', () => true],
];

/** The bytes of each part; a file belongs to the first that holds it. */
function partsOf(files: StoredFile[]): number[] {
	const partOf = (path: string) => PARTS.findIndex(([, holds]) => holds(path));
	return PARTS.map((_, part) => total(files.filter(({ path }) => partOf(path) === part)));
}

const milliseconds = (value: number): string => `${brief(value)} ms`;
const megabytes = (value: number): string => `${brief(value / 1e6)} MB`;
const kilobytes = (value: number): string => `${brief(value / 1000)} kB`;

/** All of a package, and for each of its choices. */
const sizeOf = (bytes: number | undefined, choices: number): string[] =>
	bytes === undefined ? ['–', '–'] : [kilobytes(bytes), kilobytes(bytes / choices)];

async function run(quick: boolean): Promise<Report> {
	const folder = await mkdtemp(join(tmpdir(), 'load-cost-'));
	try {
		await installPackage(await packPackage(), folder);
		const installed = join(folder, '.n8n/nodes/node_modules/n8n-nodes-airudder');
		const peers = [
			await communityPeer('both AI Rudder nodes', installed),
			...(await installPeers(folder)),
			corePeer('n8n’s Webhook', 'Webhook/Webhook'),
			corePeer('n8n’s HTTP Request', 'HttpRequest/HttpRequest'),
		];
		const runs = quick ? 3 : RUNS;
		const costs = await costsOf(peers, runs);
		const bundle = join(installed, 'dist/airudder.js');
		const steps = await stepsOf(bundle, runs);
		const sizes = await Promise.all(
			peers.map(async ({ folder }) => (folder ? total(await filesIn(folder)) : undefined)),
		);
		const [{ ms, bytes, textBytes }] = costs;
		const files = await filesIn(installed);
		const unpacked = total(files);
		const parts = partsOf(files);
		const code = await readFile(bundle, 'utf8');
		const minified = (await transform(code, { minify: true })).code.length;
		return {
			tables: [
				{
					title: 'Loading, and size on disk',
					head: [
						'',
						'nodes',
						'operations, events',
						'time',
						'heap',
						'unpacked',
						'for each of these',
					],
					rows: peers.map(({ name, files: nodes }, peer) => [
						name,
						String(nodes.length),
						String(costs[peer].choices || '–'),
						milliseconds(costs[peer].ms),
						megabytes(costs[peer].bytes),
						...sizeOf(sizes[peer], costs[peer].choices),
					]),
				},
				{
					title: 'Where our time goes',
					head: ['step', 'time'],
					rows: STEPS.map((name, step) => [name, milliseconds(steps[step])]),
				},
				{
					title: 'Where our bytes are',
					head: ['part', 'unpacked'],
					rows: PARTS.map(([name], part) => [name, kilobytes(parts[part])]),
				},
			],
			goals: [
				{ what: 'both nodes load in ≤ 10 ms', met: ms <= 10, figures: milliseconds(ms) },
				{ what: 'and take ≤ 1.5 MB', met: bytes <= 1.5e6, figures: megabytes(bytes) },
				{
					what: 'package ≤ 150 kB unpacked',
					met: unpacked <= 150_000,
					figures: kilobytes(unpacked),
				},
			],
			remarks: [
				`Of the code, ${kilobytes(textBytes)} are texts that the editor shows. The code is published as it can be read; minified, names and all, the package would take ${kilobytes(unpacked - code.length + minified)}. The goal would be ${kilobytes(150_000 / costs[0].choices)} for each operation or event.`,
			],
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

export const loadCost: Benchmark = {
	name: 'load',
	title: 'What loading the package costs',
	method: `Each run is a Node of its own in which n8n-workflow is loaded already; medians of ${RUNS} runs in turns. Size is that of the package alone, without what it depends on.`,
	run,
};
