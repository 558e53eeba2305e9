/** The demo world: a simulated AI Rudder, a real n8n with the package, a ready credential, imported workflows. */
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../simulator/index.cts';
import { N8nClient, type CredentialRef } from '../real-n8n/client.cts';
import { ensureN8n } from '../real-n8n/install.cts';
import { installPackage, packPackage } from '../real-n8n/pack.cts';
import { RUNTIME } from '../real-n8n/paths.cts';
import { freePort } from '../real-n8n/ports.cts';
import { step } from '../real-n8n/progress.cts';
import { startN8n, type RunningN8n } from '../real-n8n/start.cts';
import { MANUAL_TRIGGER_TYPE, readExample, TRIGGER_TYPE } from './examples.cts';
import { readState, writeState, type DemoState } from './state.cts';

export const OWNER = { email: 'demo@example.com', password: 'AiRudder-Demo-1' };
/** Uploads ten contacts, at the click of a button. */
const CAMPAIGN = 'first-campaign.json';
/** Receives the outcomes of their calls, by itself. */
const OUTCOMES = 'call-outcomes.json';
/** Calls one lead at the click of a button, and goes on with the outcome. */
const CALL_AND_WAIT = 'call-and-wait.json';
const EXAMPLES: readonly string[] = [CAMPAIGN, OUTCOMES, CALL_AND_WAIT];
const N8N_PORT = 5678;
const SIMULATOR_PORT = 5690;
/** One real second is this many of the simulated calls' seconds. */
const SPEED = 20;
export const ACCOUNT = { appKey: 'demo-app-key', appSecret: 'demo-app-secret' };

interface ShownWorkflow {
	id: string;
	/** The node that starts it. */
	trigger: string;
}

export interface Demo {
	client: N8nClient;
	campaign: ShownWorkflow;
	outcomes: ShownWorkflow;
	/** Plays AI Rudder's part. */
	simulator: Simulator;
	/** Where a workflow stands in the editor. */
	workflowUrl(id: string): string;
	close(): Promise<void>;
}

async function setUp(client: N8nClient, folder: string, baseUrl: string): Promise<DemoState> {
	const data = { ...ACCOUNT, baseUrl, signingSecret: '' };
	const known = await readState(folder);
	const credential: CredentialRef = known
		? await client.updateCredential(known.credential, data)
		: await client.createCredential('AI Rudder (demo)', 'aiRudderApi', data);
	const state: DemoState = { credential, workflows: known?.workflows ?? {} };
	await writeState(folder, state);
	for (const file of EXAMPLES) {
		if (!state.workflows[file]) {
			state.workflows[file] = (await client.createWorkflow(await readExample(file, credential))).id;
			await writeState(folder, state);
		}
	}
	await client.activate(state.workflows[OUTCOMES]);
	return state;
}

/** The workflow as it is now: the user may have changed it since the import. */
async function open(client: N8nClient, id: string, triggerType: string) {
	const { nodes } = await client.workflow(id);
	const trigger = nodes.find(({ type }) => type === triggerType);
	if (!trigger) {
		throw new Error(`The demo workflow ${id} has lost its first node.`);
	}
	return { id, trigger: trigger.name, node: trigger };
}

export async function startDemo(name: string): Promise<Demo> {
	const folder = join(RUNTIME, name);
	await ensureN8n();
	await installPackage(await packPackage(), folder);
	const simulator = await startSimulator({
		...ACCOUNT,
		port: await freePort(SIMULATOR_PORT),
		speed: SPEED,
	});
	let n8n: RunningN8n | undefined;
	try {
		const started = await step('Starting n8n', () =>
			startN8n({ userFolder: folder, port: N8N_PORT }),
		);
		n8n = started;
		const client = await N8nClient.connect(started.url, OWNER);
		const { workflows } = await setUp(client, folder, simulator.url);
		const campaign = await open(client, workflows[CAMPAIGN], MANUAL_TRIGGER_TYPE);
		const outcomes = await open(client, workflows[OUTCOMES], TRIGGER_TYPE);
		simulator.setWebhookUrl('callCompletion', client.webhookUrl(outcomes.node));
		const close = async (): Promise<void> => {
			await Promise.all([started.stop(), simulator.close()]);
		};
		const workflowUrl = (id: string): string => `${started.url}/workflow/${id}`;
		return { client, campaign, outcomes, simulator, workflowUrl, close };
	} catch (error) {
		await Promise.allSettled([n8n?.stop(), simulator.close()]);
		// Most likely the user has changed or deleted what the demo relies on, which is their right.
		const advice = `To begin anew, delete the folder ${folder} and start again.`;
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`The demo could not be set up: ${reason}\n${advice}`, { cause: error });
	}
}
