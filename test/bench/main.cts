/** Measures the package against what n8n has for the same work: `npm run bench -- --help`. */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { say } from '../../scripts/real-n8n/progress.cts';
import { benchmarks } from './benchmarks.cts';
import { machine } from './support/machine.cts';
import { toMarkdown } from './support/report.cts';
import { store } from './support/results.cts';

const HELP = `npm run bench [-- options]

  --only <name>   one benchmark; may be given several times
  --quick         small sizes, to see whether it runs; RESULTS.md stays as it is
  --minutes <n>   how long the soak lasts (60)
  --check         fails when a goal is missed; RESULTS.md stays as it is

${benchmarks.map(({ name, title }) => `  ${name.padEnd(14)}  ${title}`).join('\n')}
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			only: { type: 'string', multiple: true },
			quick: { type: 'boolean', default: false },
			minutes: { type: 'string', default: '60' },
			check: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const { only, quick, check, help } = values;
	const minutes = Number(values.minutes);
	const unknown = only?.find((wanted) => !benchmarks.some(({ name }) => name === wanted));
	if (unknown !== undefined) say(`There is no benchmark '${unknown}'.\n`);
	if (help || unknown !== undefined) {
		process.stdout.write(HELP);
		process.exitCode = unknown === undefined ? 0 : 1;
		return;
	}
	const where = await machine();
	const order = benchmarks.map(({ title }) => title);
	for (const benchmark of benchmarks.filter(({ name }) => only?.includes(name) ?? true)) {
		say(`${benchmark.title} …`);
		const report = await benchmark.run(quick, minutes);
		const section = toMarkdown(benchmark, report, where);
		process.stdout.write(`${section}\n\n`);
		if (check && report.goals.some(({ met }) => !met)) process.exitCode = 1;
		if (!quick && !check) await store(section, order);
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
});
