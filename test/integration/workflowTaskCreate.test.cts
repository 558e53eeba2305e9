import { startSimulator, type Simulator } from '../../simulator/index.cts';
import {
	execute,
	failure,
	newRunData,
	storedCredential,
	type StoredCredential,
} from './support/n8n.cts';

let simulator: Simulator;
let credential: StoredCredential;

beforeEach(async () => {
	simulator = await startSimulator({ speed: 1000 });
	credential = storedCredential({
		appKey: 'demo-app-key',
		appSecret: 'demo-app-secret',
		baseUrl: `${simulator.url}/`,
	});
});

afterEach(async () => await simulator.close());

const CREATE = {
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

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		phone: `+1202555${String(1000 + index)}`,
		case: `LOAN-${index}`,
		amount: index * 10,
	}));

const requestsOf = (operation: string) =>
	simulator.requests.filter((request) => request.operation === operation);

test('uploads one contact for each input item into one task, and pairs each with its item', async () => {
	const items = await execute(CREATE, credential, { items: people(25) });

	expect(items).toHaveLength(25);
	expect(items[3]).toEqual({
		json: {
			workflowId: expect.any(String),
			phoneNumber: '+12025551003',
			caseId: 'LOAN-3',
			state: 'uploaded',
		},
		pairedItem: { item: 3 },
	});
	expect(new Set(items.map(({ json }) => json.workflowId)).size).toBe(1);
	expect(requestsOf('workflowTask:create')).toHaveLength(1);
	expect(requestsOf('workflowTask:create')[0].body).toMatchObject({
		workflow_template_id: 1001,
		name: 'Reminders',
		end_time: '2099-01-31 18:00:00+07:00',
		auto_finish: 2,
		details: expect.arrayContaining([
			{ callee: '+12025551003', case_id: 'LOAN-3', variables: { amount: '30' } },
		]),
	});
	expect(simulator.acceptedContacts()).toHaveLength(25);
});

test('sends the first batch with the task and adds the others', async () => {
	await execute({ ...CREATE, options: { batchSize: 10 } }, credential, { items: people(25) });

	expect(requestsOf('workflowTask:create')).toHaveLength(1);
	expect(requestsOf('contact:add')).toHaveLength(2);
	expect(
		simulator
			.acceptedContacts()
			.map(({ callee }) => callee)
			.sort(),
	).toEqual(people(25).map(({ phone }) => phone));
});

test('refuses a bad number before anything is sent, with item and field', async () => {
	const items = [...people(3), { phone: '12025550123' }];

	const error = await failure(CREATE, credential, { items });

	expect(error.message).toBe("'Phone Number' is not a complete phone number (it ends in …123)");
	expect(error.context.itemIndex).toBe(3);
	expect(simulator.requests).toHaveLength(0);
});

test('an upload whose answer is lost is not repeated, not even by Retry On Fail', async () => {
	simulator.faults.add({ operation: 'contact:add', kind: 'reset-after', times: 1 });
	const runData = newRunData();
	const run = { items: people(30), runData };
	const parameters = { ...CREATE, options: { batchSize: 10 } };

	const first = await failure(parameters, credential, run);
	const accepted = simulator.acceptedContacts().length;
	const second = await failure(parameters, credential, run);

	expect(first.message).toMatch(/10 perhaps uploaded/);
	expect(first.description).toMatch(/may have taken it/);
	expect(second.message).toMatch(/10 perhaps uploaded/);
	const numbers = simulator.acceptedContacts().map(({ callee }) => callee);
	expect(numbers).toHaveLength(new Set(numbers).size);
	expect(numbers.length).toBeGreaterThanOrEqual(accepted);
});
