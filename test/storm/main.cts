/** Storms of notices on a real n8n: what was sent, answered, repeated, stored, lost, doubled. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { say } from '../../scripts/real-n8n/progress.cts';
import { installEmptyTrigger } from '../bench/support/emptyTrigger.cts';
import { machine } from '../bench/support/machine.cts';
import { tableLines } from '../bench/support/report.cts';
import { startWorld } from '../e2e/support/world.cts';
import { storm, type Tally } from './storm.cts';
import { SETTINGS, type Setting, type Storm } from './storms.cts';

const HELP = `npm run test:storm [-- options]

  --full         also those that take many minutes
  --only <text>  those whose name has this text
  --save         writes test/storm/RESULTS.md
`;

const FILE = join(__dirname, 'RESULTS.md');

const LEGEND = `A notice is repeated as AI Rudder does: no answer within ten seconds, or another one than 200, and it comes again, five times at most. The minute between repeats lasts as long as the table says. An outcome is a call, or a contact that is finished; answered, refused and unanswered count attempts; stored, lost and doubled count outcomes in n8n's executions; doubled is what a flow was given twice; not run is what n8n stored and never began: it stands under Executions, to be run again by hand. Lost has to be 0, doubled has to be 0 unless n8n is killed. Where n8n as it comes gets 1,000 notices at once, they are more than it reads in time, because it makes an isolate of its expression engine for each before it reads it: that row is there to compare (968, 1,000 and 1,000 were stored in three runs), as is the empty trigger, which does nothing but hand on what arrives.`;

const COLUMNS = [
	...(['notices', 'outcomes', 'answered', 'refused', 'unanswered', 'repeated'] as const),
	...(['stored', 'lost', 'doubled', 'notRun', 'seconds'] as const),
];

interface Row {
	storm: Storm;
	speed: number;
	tally: Tally;
}

const isBad = ({ storm: { holds }, tally: { lost, doubled } }: Row): boolean =>
	holds !== 'any' && (lost > 0 || (holds === 'once' && doubled > 0));

async function runAll({ env, speed }: Setting, storms: readonly Storm[]): Promise<Row[]> {
	const world = await startWorld({ speed, webhookConcurrency: 2_000 }, env);
	try {
		await installEmptyTrigger(world.n8n.userFolder);
		await world.n8n.restart();
		const rows: Row[] = [];
		for (const each of storms) {
			say(`${each.name} …`);
			const tally = await storm(world, await each.listen(world), each.send, each.meanwhile);
			say(JSON.stringify(tally));
			rows.push({ storm: each, speed, tally });
		}
		return rows;
	} finally {
		await world.close();
	}
}

function toTable(rows: readonly Row[]): string[] {
	return tableLines({
		head: [
			'storm',
			'minute',
			...COLUMNS.map((column) => (column === 'notRun' ? 'not run' : column)),
		],
		rows: rows.map((row) => [
			isBad(row) ? `**${row.storm.name}**` : row.storm.name,
			`${60 / row.speed} s`,
			...COLUMNS.map((column) => String(row.tally[column])),
		]),
	});
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			full: { type: 'boolean', default: false },
			only: { type: 'string', default: '' },
			save: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const where = await machine();
	const rows: Row[] = [];
	for (const setting of SETTINGS) {
		const wanted = setting.storms.filter(
			({ name, long }) => name.includes(values.only) && (values.full || !long),
		);
		if (wanted.length > 0) rows.push(...(await runAll(setting, wanted)));
	}
	const bad = rows.filter(isBad).length;
	const text = [
		'# Storms of notices',
		`Written by \`npm run test:storm -- --full --save\`. ${LEGEND} ${where}`,
		`**${rows.length} storms, ${bad} bad.**`,
		toTable(rows).join('\n'),
	].join('\n\n');
	process.stdout.write(`${text}\n`);
	if (values.save) {
		const options = await resolveConfig(FILE);
		await writeFile(FILE, await format(text, { ...options, filepath: FILE }));
	}
	process.exitCode = bad === 0 && rows.length > 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
