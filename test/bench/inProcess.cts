/** Our own work without n8n around it: notices to items, rows to items. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { z } from 'zod';
import { ensureN8n } from '../../scripts/real-n8n/install.cts';
import { ROOT, RUNTIME } from '../../scripts/real-n8n/paths.cts';
import { run as runProgram } from '../../scripts/real-n8n/run.cts';
import { callNotice, callNotices } from './support/notices.cts';
import { brief, megabytes, median, times } from './support/numbers.cts';
import type { Benchmark, Report } from './support/report.cts';

const KEY = 'benchmark-key';
const ROUNDS = 5;
const WARM_UP_ROUNDS = 3;
const CALLS = 500;

const measured = z.object({
	notices: z.array(z.object({ calls: z.number(), rounds: z.array(z.number()) })),
	toItems: z.array(z.number()),
	copying: z.array(z.number()),
	heap: z.array(z.number()),
});

/** Every notice reports calls of its own: repeats would be left out. */
const noticesOf = (calls: number, perRound: number) => ({
	calls,
	perRound,
	texts: callNotices(perRound * (ROUNDS + WARM_UP_ROUNDS), calls, KEY),
});

/** The answer of the vendor to Get Calls. */
function answerOf(rows: number): string {
	const { Details: details } = callNotice(1_000, KEY);
	const some: unknown[] = Array.isArray(details) ? details : [];
	const all = Array.from({ length: rows }, (_, index) => some[index % some.length]);
	return JSON.stringify({ data: { total: rows, list: all }, status: 'OK', code: 200 });
}

/** What own-work.js uses of our code. */
const USED = `
export { AiRudderTrigger } from './nodes/AiRudder/AiRudderTrigger.node';
export { rowsToItems } from './nodes/AiRudder/actions/fields/simplify';
export { callRecord } from './nodes/AiRudder/records/call';
export { callHead } from './nodes/AiRudder/records/callInfo';
export { findRows } from './nodes/AiRudder/transport/pages';
`;

/** Compiles it into one file, as gulpfile.js does with the package. */
async function compile(outfile: string): Promise<void> {
	await build({
		stdin: { contents: USED, resolveDir: ROOT },
		outfile,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		target: 'node20',
	});
}

async function measure(rows: number, quick: boolean): Promise<z.infer<typeof measured>> {
	const { node } = await ensureN8n();
	const folder = await mkdtemp(join(tmpdir(), 'own-work-'));
	try {
		const code = join(folder, 'code.js');
		await compile(code);
		const input = join(folder, 'input.json');
		await writeFile(
			input,
			JSON.stringify({
				roundsToCount: ROUNDS,
				signingKey: KEY,
				notices: [noticesOf(1, quick ? 200 : 2_000), noticesOf(CALLS, quick ? 2 : 8)],
				answer: answerOf(rows),
			}),
		);
		const output = await runProgram(
			node,
			['--expose-gc', join(__dirname, 'own-work.js'), code, input],
			{
				cwd: folder,
				// n8n's own loader finds its modules for a community package in the same way.
				env: { NODE_PATH: join(RUNTIME, 'n8n/node_modules') },
			},
		);
		return measured.parse(JSON.parse(output));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function run(quick: boolean): Promise<Report> {
	const rows = quick ? 2_000 : 20_000;
	const results = await measure(rows, quick);
	const [one, many] = results.notices.map(({ rounds }) => median(rounds));
	const [ours, copying] = [median(results.toItems), median(results.copying)];
	const { heap } = results;
	const growth = heap[heap.length - 1] / heap[2];
	const microseconds = `${brief(one * 1000)} µs`;
	const milliseconds = (ms: number): string => `${brief(ms)} ms`;
	const count = rows.toLocaleString('en');
	return {
		tables: [
			{
				title: 'Own work',
				head: ['work', 'time'],
				rows: [
					['a notice of one call to an item', microseconds],
					[`a notice of ${CALLS} calls to ${CALLS} items`, milliseconds(many)],
					[`${count} rows of Get Calls: JSON.parse and to items`, milliseconds(ours)],
					['the same rows: JSON.parse and structuredClone', milliseconds(copying)],
				],
			},
			{
				title: 'Heap after garbage collection',
				head: [
					'notices of one call',
					...heap.map((_, index) => (index === 0 ? '0' : `${index}00,000`)),
				],
				rows: [['', ...heap.map(megabytes)]],
			},
		],
		goals: [
			{ what: 'a notice of one call ≤ 100 µs', met: one <= 0.1, figures: microseconds },
			{ what: `a notice of ${CALLS} calls ≤ 15 ms`, met: many <= 15, figures: milliseconds(many) },
			{
				what: 'rows to items ≤ 1.5 × JSON.parse and copying',
				met: ours <= 1.5 * copying,
				figures: times(ours / copying),
			},
			{
				what: 'heap after 400,000 notices ≤ 1.05 × that after 200,000: the last 100,000 are remembered',
				met: growth <= 1.05,
				figures: times(growth),
			},
		],
		remarks: [],
	};
}

export const inProcess: Benchmark = {
	name: 'in-process',
	title: 'Our own work, without n8n around it',
	method:
		"Our code, compiled as for the package, in the Node that runs n8n. Notices are parsed already, as n8n hands them over, and go through `webhook()` of the trigger: event, signature, duplicates, items. n8n's context is a stand-in that costs nothing. Medians of five rounds after three that do not count.",
	run,
};
