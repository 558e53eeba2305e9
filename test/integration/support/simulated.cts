/** A simulator and a credential for it, new for each test. */
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator/index.cts';
import { storedCredential, type StoredCredential } from './n8n.cts';

export interface Simulated {
	simulator: Simulator;
	credential: StoredCredential;
	requestsOf: (operation: string) => Simulator['requests'];
}

/** Call inside `describe` or at the top of a test file; the object is filled before each test. */
export function simulated(options: Partial<SimulatorOptions> = {}): Simulated {
	const current = {} as Simulated;
	beforeEach(async () => {
		const simulator = await startSimulator({ speed: 1000, ...options });
		current.simulator = simulator;
		current.credential = storedCredential({
			appKey: simulator.options.appKey,
			appSecret: simulator.options.appSecret,
			baseUrl: simulator.url,
		});
		current.requestsOf = (operation) =>
			simulator.requests.filter((request) => request.operation === operation);
	});
	afterEach(async () => await current.simulator.close());
	return current;
}

/** Contacts that exist nowhere: 555-01xx style numbers, a case ID and an amount each. */
export const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		phone: `+1202555${String(10_000 + index)}`,
		case: `LOAN-${index}`,
		amount: index * 10,
	}));

export const CREATE = {
	resource: 'workflowTask',
	operation: 'create',
	templateId: { __rl: true, mode: 'id', value: '1001' },
	taskName: 'Reminders',
	endTime: '2099-01-31T18:00:00',
	contactsFrom: 'items',
	phoneNumber: '={{ $json.phone }}',
	caseId: '={{ $json.case }}',
	variablesFrom: 'fields',
	variables: { values: [{ name: 'amount', value: '={{ $json.amount }}' }] },
};
