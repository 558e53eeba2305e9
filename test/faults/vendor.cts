/** One simulator with a task whose contacts have been called, and credentials for it. */
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.cts';
import { dialled, type Dialled } from '../integration/support/dialled.cts';
import { storedCredential, type StoredCredential } from '../integration/support/n8n.cts';

/** Also looked for in what the user reads: none of it may stand there. */
export const APP_SECRET = 'the-secret-of-this-app';

export interface Vendor {
	simulator: Simulator;
	/** A credential without a token; for an account of its own, so that no login is shared. */
	newCredential(baseUrl?: string): StoredCredential;
	requestsOf(operation: string): number;
}

export async function startVendor(options: Partial<SimulatorOptions> = {}): Promise<Vendor> {
	const simulator = await startSimulator({ speed: 1000, appSecret: APP_SECRET, ...options });
	let accounts = 0;
	return {
		simulator,
		newCredential(baseUrl = simulator.url) {
			simulator.options.appKey = `account-${++accounts}`;
			const { appKey, appSecret } = simulator.options;
			return storedCredential({ appKey, appSecret, baseUrl });
		},
		requestsOf: (operation) =>
			simulator.requests.filter((request) => request.operation === operation).length,
	};
}

export interface Prepared extends Dialled {
	apiNodeId: string;
}

/** With a voice, an API and a WhatsApp node, so that every operation finds something. */
export async function prepare(vendor: Vendor, templateId = '1003'): Promise<Prepared> {
	const world = {
		simulator: vendor.simulator,
		credential: vendor.newCredential(),
		requestsOf: (operation: string) =>
			vendor.simulator.requests.filter((request) => request.operation === operation),
	};
	const task = await dialled(world, { templateId });
	const apiNodeId = task.workflow.nodes.find(({ type }) => type === 'api')?.id ?? '';
	return { ...task, apiNodeId };
}
