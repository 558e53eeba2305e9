/**
 * Notices by the thousand: what the vendor has sent is in a stored execution, once while n8n lives and at
 * least once when it is killed. The vendor's minute between repeats is 15 seconds here, its ten seconds
 * for an answer are real. With STORM_RESULTS=<file> the table is written there, too.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient, type WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { trigger } from './support/nodes.cts';
import { storm, type Storm, type Tally } from './support/storm.cts';
import { inARow, OWNER, START_MS, startWorld, type World } from './support/world.cts';

/** On an idle machine a storm is over in a minute or two. */
const STORM_MS = 600_000;
const VENDOR = { speed: 4, webhookConcurrency: 1_000 };

const COLUMNS = [
	...(['sent', 'calls', 'answered', 'refused', 'unanswered', 'repeated'] as const),
	...(['stored', 'lost', 'doubled', 'seconds'] as const),
];

const table = new Map<string, Tally>();

let world: World;

beforeAll(async () => {
	world = await startWorld(VENDOR);
}, START_MS);

afterAll(async () => {
	await world?.close();
	await printTable();
}, 60_000);

/** A Markdown table as prettier leaves it. */
function aligned([head, ...rows]: string[][]): string {
	const widths = head.map((_, column) =>
		Math.max(3, ...[head, ...rows].map((cells) => cells[column].length)),
	);
	const lines = [head, widths.map((width) => '-'.repeat(width)), ...rows];
	return lines
		.map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |\n`)
		.join('');
}

async function printTable(): Promise<void> {
	const text = aligned([
		['storm', 'notices', ...COLUMNS.slice(1)],
		...[...table].map(([name, tally]) => [name, ...COLUMNS.map((column) => String(tally[column]))]),
	]);
	process.stdout.write(`\n${text}\n`);
	const file = process.env.STORM_RESULTS;
	if (file) {
		const today = new Date().toISOString().slice(0, 10);
		const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB`;
		await writeFile(
			file,
			`# Storms of notices\n\nWritten by \`STORM_RESULTS=test/bench/STORM.md npm run test:e2e -- storm\` on ${today}, ${machine}. Lost has to be 0; doubled has to be 0 unless n8n was killed.\n\n${text}`,
		);
	}
}

/** A workflow that begins with our trigger and listens. */
async function listen(
	where: World,
	behind: WorkflowNode[] = [],
	parameters: Record<string, unknown> = {},
): Promise<Pick<Storm, 'workflowId' | 'trigger' | 'url'>> {
	const node = trigger(where.credential, parameters);
	const { id } = await where.client.createWorkflow(inARow('Storm', node, ...behind));
	await where.client.activate(id);
	return { workflowId: id, trigger: node.name, url: where.client.webhookUrl(node) };
}

const failing: WorkflowNode = {
	name: 'Fail',
	type: 'n8n-nodes-base.stopAndError',
	typeVersion: 1,
	parameters: { errorMessage: 'as intended' },
};

const slow: WorkflowNode = {
	name: 'Wait',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 1, unit: 'seconds' },
};

/** Once some notices have been answered: in the middle of the storm, whatever the machine's speed. */
async function midway(where: World, count: number): Promise<void> {
	const answered = () => where.simulator.deliveries.filter(({ status }) => status === 200).length;
	const enough = answered() + count;
	while (answered() < enough) await sleep(50);
}

test(
	'100 notices of 500 calls',
	async () => {
		const tally = await storm(world, { ...(await listen(world)), notices: 100, calls: 500 });
		table.set('100 notices of 500 calls', tally);
		expect(tally).toMatchObject({ stored: 50_000, lost: 0, doubled: 0 });
	},
	STORM_MS,
);

test(
	'a flow that fails behind the trigger',
	async () => {
		const tally = await storm(world, {
			...(await listen(world, [failing])),
			notices: 50,
			calls: 1,
		});
		table.set('the flow behind the trigger fails', tally);
		expect(tally).toMatchObject({ stored: 50, lost: 0, doubled: 0 });
	},
	STORM_MS,
);

test(
	'n8n is killed midway and started again',
	async () => {
		const tally = await storm(world, {
			...(await listen(world)),
			notices: 100,
			calls: 1,
			async meanwhile() {
				await midway(world, 20);
				await world.n8n.kill();
				await world.n8n.restart();
				world.client = await N8nClient.connect(world.n8n.url, OWNER);
			},
		});
		table.set('n8n is killed midway (SIGKILL) and started again', tally);
		expect(tally).toMatchObject({ stored: 100, lost: 0 });
	},
	STORM_MS,
);

/**
 * On two cores n8n's default expression engine is too slow for a thousand notices at once: with repeats
 * scaled to 15 seconds most went unanswered six times. The README names this limit and this setting.
 */
describe('with N8N_EXPRESSION_ENGINE=legacy', () => {
	let tuned: World;

	beforeAll(async () => {
		tuned = await startWorld(VENDOR, { N8N_EXPRESSION_ENGINE: 'legacy' });
	}, START_MS);

	afterAll(() => tuned?.close(), 60_000);

	test(
		'1,000 notices at once',
		async () => {
			const tally = await storm(tuned, { ...(await listen(tuned)), notices: 1_000, calls: 1 });
			table.set('1,000 notices at once, N8N_EXPRESSION_ENGINE=legacy', tally);
			expect(tally).toMatchObject({ stored: 1_000, lost: 0, doubled: 0 });
		},
		STORM_MS,
	);
});

describe('with a limit of two executions at a time', () => {
	let limited: World;

	beforeAll(async () => {
		limited = await startWorld(VENDOR, { N8N_CONCURRENCY_PRODUCTION_LIMIT: '2' });
	}, START_MS);

	afterAll(() => limited?.close(), 60_000);

	test.each([
		['when stored', {}],
		['immediately', { options: { respond: 'immediately' } }],
	])(
		'a flow of a second, answered %s',
		async (name, parameters) => {
			const listening = await listen(limited, [slow], parameters);
			const tally = await storm(limited, { ...listening, notices: 30, calls: 1 });
			table.set(`limit of 2, a flow of a second, answered ${name}`, tally);
			expect(tally).toMatchObject({ stored: 30, lost: 0, doubled: 0 });
		},
		STORM_MS,
	);
});
