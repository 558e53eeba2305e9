/** One real n8n with the packed package, one simulator and one ready credential: what an e2e test file shares. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../../simulator/index.cts';
import {
	N8nClient,
	until,
	type CredentialRef,
	type Workflow,
	type WorkflowNode,
} from '../../../scripts/real-n8n/client.cts';
import { outputOf, RUNNING, type Item } from '../../../scripts/real-n8n/execution.cts';
import { ensureN8n } from '../../../scripts/real-n8n/install.cts';
import { installPackage, packPackage } from '../../../scripts/real-n8n/pack.cts';
import * as queue from '../../../scripts/real-n8n/queue/start.cts';
import { startN8n, type RunningN8n, type StartOptions } from '../../../scripts/real-n8n/start.cts';

/** For beforeAll: on a new machine n8n has to be installed first. */
export const START_MS = 15 * 60_000;

export const ACCOUNT = { appKey: 'e2e-app-key', appSecret: 'e2e-app-secret' };
export const SIGNING_KEY = 'e2e-private-key';
export const OWNER = { email: 'owner@example.com', password: 'Passw0rd-for-tests' };

export type SimulatorSettings = Parameters<typeof startSimulator>[0];

/** Whether the tests run in queue mode: `npm run test:queue` sets n8n's own variable for it. */
export const IN_QUEUE_MODE = process.env.EXECUTIONS_MODE === 'queue';

/** How many processes take notices, in turn. */
export const WEBHOOK_PROCESSES = IN_QUEUE_MODE ? queue.WEBHOOK_PROCESSES : 1;

export interface World<N8n = RunningN8n> {
	n8n: N8n;
	client: N8nClient;
	simulator: Simulator;
	credential: CredentialRef;
	/** What is stored in the credential. */
	credentialData: Record<string, unknown>;
	close(): Promise<void>;
}

export const startWorld = (
	settings: SimulatorSettings = {},
	env: Record<string, string> = {},
): Promise<World> => openWorld(IN_QUEUE_MODE ? queue.startQueue : startN8n, settings, env);

/** The same with what is special to queue mode. */
export const startQueueWorld = (
	settings: SimulatorSettings = {},
	env: Record<string, string> = {},
): Promise<World<queue.RunningQueue>> => openWorld(queue.startQueue, settings, env);

async function openWorld<N8n extends RunningN8n>(
	start: (options: StartOptions) => Promise<N8n>,
	settings: SimulatorSettings,
	env: Record<string, string>,
): Promise<World<N8n>> {
	await ensureN8n();
	const tarball = await packPackage();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	await installPackage(tarball, userFolder);
	const simulator = await startSimulator({
		...ACCOUNT,
		signingKey: SIGNING_KEY,
		speed: 60,
		...settings,
	});
	const credentialData = { ...ACCOUNT, baseUrl: simulator.url, signingSecret: SIGNING_KEY };
	let n8n: N8n | undefined;
	const close = async (): Promise<void> => {
		await Promise.allSettled([n8n?.stop(), simulator.close()]);
		await rm(userFolder, { recursive: true, force: true });
	};
	try {
		n8n = await start({ userFolder, env });
		const client = await N8nClient.connect(n8n.url, OWNER);
		const credential = await client.createCredential('AI Rudder', 'aiRudderApi', credentialData);
		return { n8n, client, simulator, credential, credentialData, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Connects nodes in a row, each one's first output to the next one's input. */
export function inARow(name: string, ...nodes: WorkflowNode[]): Workflow {
	const placed = nodes.map((node, index) => ({ position: [index * 220, 0], ...node }));
	const links = nodes
		.slice(1)
		.map((next, index) => [
			nodes[index].name,
			{ main: [[{ node: next.name, type: 'main', index: 0 }]] },
		]);
	return { name, nodes: placed, connections: Object.fromEntries(links) };
}

/** All items that a node put out in all finished executions of a workflow. */
export async function allOutputs(
	client: N8nClient,
	workflowId: string,
	nodeName: string,
): Promise<Item[]> {
	const finished = (await client.executions(workflowId)).filter(
		({ status }) => !RUNNING.includes(status),
	);
	const executions = await Promise.all(finished.map(({ id }) => client.execution(id)));
	return executions.flatMap((execution) => outputOf(execution, nodeName));
}

/** Waits until the finished executions of a workflow hold at least so many items of a node. */
export function waitForOutputs(
	client: N8nClient,
	workflowId: string,
	nodeName: string,
	count: number,
): Promise<Item[]> {
	return until(`${count} items of ${nodeName}`, async () => {
		const items = await allOutputs(client, workflowId, nodeName);
		return items.length >= count ? items : undefined;
	});
}
