/** The same upload with the same fault: what is missing, what is doubled, what the flow was told. */
import type { FaultKind } from '../../simulator/index.cts';
import type { Workflow, WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { say } from '../../scripts/real-n8n/progress.cts';
import { startWorld, type World } from '../e2e/support/world.cts';
import { outputOf, type Execution } from '../../scripts/real-n8n/execution.cts';
import type { Benchmark, Report } from './support/report.cts';
import { emptyTasks } from './support/vendor.cts';
import { handTuned, onePerItem, ours, type UploadPeer } from './uploadPeers.cts';

/** The hand-tuned bodies hold 500 contacts: 1,100 are three requests. */
const CONTACTS = 1_100;
const QUICK_CONTACTS = 600;

const PEERS: readonly UploadPeer[] = [ours, handTuned, onePerItem];

/** What the second request meets. */
const FAULTS: ReadonlyArray<{ kind: FaultKind; text: string }> = [
	{ kind: 'http-500', text: 'HTTP 500, nothing taken' },
	{ kind: 'reset-after', text: 'taken, answer lost' },
	{ kind: 'body-401', text: 'token dead, HTTP 200 with code 401' },
	{ kind: 'body-500', text: 'HTTP 200 with code 500, nothing taken' },
];

/** One for each retry setting; with the error output off, as a user begins. */
const RETRIES = [false, true];

interface Outcome {
	missing: number;
	doubled: number;
	/** Missing ones of which the flow was told nothing. */
	unreported: number;
	told: string;
}

const isUpload = ({ type }: WorkflowNode): boolean => /httpRequest|aiRudder/.test(type);

/** The workflow with Retry On Fail set, or without, at the node that uploads. */
function withRetry(workflow: Workflow, retryOnFail: boolean): Workflow {
	const nodes = workflow.nodes.map((node) =>
		isUpload(node) ? { ...node, retryOnFail, maxTries: 2, waitBetweenTries: 50 } : node,
	);
	return { ...workflow, nodes };
}

function judge(numbers: string[], contacts: number, run: Execution): Outcome {
	const copies = new Map<string, number>();
	for (const number of numbers) copies.set(number, (copies.get(number) ?? 0) + 1);
	const missing = contacts - copies.size;
	const doubled = [...copies.values()].filter((count) => count > 1).length;
	const { error } = run.data.resultData;
	const success = run.status === 'success';
	// A run that ends well with all items says that all were uploaded.
	const unreported = success ? missing : 0;
	const items = outputOf(run, 'End').length;
	return {
		missing,
		doubled,
		unreported,
		told: success ? `success, ${items} items` : (error?.message ?? run.status),
	};
}

async function tryOne(
	world: World,
	peer: UploadPeer,
	kind: FaultKind,
	retryOnFail: boolean,
	contacts: number,
): Promise<Outcome> {
	const { simulator, client, credential } = world;
	simulator.state.workflows.clear();
	simulator.faults.clear();
	const taskIds = emptyTasks(simulator, 1);
	const workflow = peer.workflow({ credential, baseUrl: simulator.url, taskIds, contacts });
	const { id } = await client.createWorkflow(withRetry(workflow, retryOnFail));
	simulator.faults.add({ operation: 'contact:add', kind, times: 1, after: peer === ours ? 0 : 1 });
	const run = await client.runManually(id, 'Start', { timeoutMs: 120_000 });
	simulator.faults.clear();
	const numbers = simulator.acceptedContacts().map(({ callee }) => callee);
	return judge(numbers, contacts, run);
}

async function run(quick: boolean): Promise<Report> {
	const contacts = quick ? QUICK_CONTACTS : CONTACTS;
	const world = await startWorld({ latencyMs: 5, speed: 1, lines: 1 });
	const rows: string[][] = [];
	const own: Outcome[] = [];
	try {
		for (const { kind, text } of quick ? FAULTS.slice(0, 2) : FAULTS) {
			say(`  ${text}`);
			for (const peer of PEERS) {
				for (const retry of RETRIES) {
					const outcome = await tryOne(world, peer, kind, retry, contacts);
					if (peer === ours) own.push(outcome);
					rows.push([
						text,
						peer.name,
						retry ? 'on' : 'off',
						String(outcome.missing),
						String(outcome.unreported),
						String(outcome.doubled),
						outcome.told,
					]);
				}
			}
		}
	} finally {
		await world.close();
	}
	const sum = (key: 'unreported' | 'doubled'): number =>
		own.reduce((total, outcome) => total + outcome[key], 0);
	return {
		tables: [
			{
				title: `${contacts.toLocaleString('en')} contacts, the second request at fault`,
				head: [
					'fault',
					'by',
					'Retry On Fail',
					'missing',
					'missing, not reported',
					'uploaded twice',
					'what the flow was told',
				],
				rows,
			},
		],
		goals: [
			{
				what: 'of our node nothing missing without report, nothing doubled',
				met: sum('unreported') === 0 && sum('doubled') === 0,
				figures: `${sum('unreported')} and ${sum('doubled')}`,
			},
		],
		remarks: [],
	};
}

export const uploadFaults: Benchmark = {
	name: 'upload-faults',
	title: 'The same uploads under the same faults',
	method: 'On Error is left at its default; what arrived is counted by the simulator.',
	run,
};
