/** The fault tables: every operation under every fault, every cell checked. `npm run test:faults` */
import './scaledPauses.cts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { format, resolveConfig } from 'prettier';
import { hardware, today } from '../bench/support/machine.cts';
import { tableLines } from '../bench/support/report.cts';
import { FAULTS, type FaultCase } from './faultTable.cts';
import { runMatrix, type Row } from './matrix.cts';
import { uncovered } from './operations.cts';
import { runUploads } from './uploads.cts';

/** Most of the time is spent waiting, for time-outs above all. */
const AT_A_TIME = 6;

const FILE = join(__dirname, 'RESULTS.md');

const LEGEND = `Every operation of the AI Rudder node on n8n-core's contexts against the simulator; pauses between tries are shortened. A cell says how it ended (\`ok\`, or the kind of message that the user reads) and how many requests the vendor received. Checked in every cell: outcome, number of requests, that an error says what to do and for which item, that no text shows a secret or a full phone number, and that no token and no contact went to another host.`;

const UPLOAD_LEGEND = `20 contacts in two batches (Call and Wait: one contact); one request meets the fault, the last two columns' fault lasts. A cell says what is reported: so many uploaded (u), rejected (r), not sent (n), unknown (?), and after the slash the requests to the endpoint at fault. Checked besides: the vendor took nobody twice, everybody reported as uploaded and nobody reported as rejected or not sent; Call and Wait sleeps where the contact was uploaded, and only there.`;

function section(title: string, rows: readonly Row[], faults: readonly FaultCase[]): string {
	const lines = tableLines({
		head: ['', ...faults.map(({ name }) => name)],
		rows: rows.map(({ name, cells }) => [
			name,
			...faults.map((fault) => {
				const cell = cells.get(fault);
				if (!cell) return '–';
				return cell.problems.length === 0
					? cell.text
					: `**${cell.text}: ${cell.problems.join(', ')}**`;
			}),
		]),
	});
	return [`## ${title}`, '', ...lines].join('\n');
}

const cellsOf = (rows: readonly Row[]) => rows.flatMap(({ cells }) => [...cells.values()]);

async function main(): Promise<void> {
	const limit = pLimit(AT_A_TIME);
	const [matrix, uploads] = await Promise.all([runMatrix(limit), runUploads(limit)]);
	const cells = [...cellsOf(matrix.passing), ...cellsOf(matrix.lasting), ...cellsOf(uploads)];
	const bad = cells.filter(({ problems }) => problems.length > 0).length;
	const missing = uncovered();
	const verdict = `${cells.length} cells, ${bad} bad${missing.length > 0 ? `; not covered: ${missing.join(', ')}` : ''}.`;
	const text = [
		`# Faults`,
		`Written by \`npm run test:faults -- --save\` on ${today()}: ${hardware()}, Node ${process.version}. ${LEGEND}`,
		`**${verdict}**`,
		section(
			'A fault that passes: one request meets it',
			matrix.passing,
			FAULTS.filter(({ name }) => name !== 'TLS failure'),
		),
		section('A fault that stays', matrix.lasting, FAULTS),
		section('Uploads', uploads, FAULTS),
		UPLOAD_LEGEND,
	].join('\n\n');
	process.stdout.write(`${text}\n`);
	if (process.argv.includes('--save')) {
		const options = await resolveConfig(FILE);
		await writeFile(FILE, await format(text, { ...options, filepath: FILE }));
	}
	process.exit(bad === 0 && missing.length === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
