import { byId } from './support/dialled.cts';
import { expectDocumented } from './support/documented.cts';
import { execute, failure } from './support/n8n.cts';
import { CREATE, people, simulated } from './support/simulated.cts';

// Slow enough that contacts are still waiting for their call.
const world = simulated({ speed: 1, lines: 1 });

const STOP = { resource: 'workflowTask', operation: 'stop' };
const CANCEL = { resource: 'contact', operation: 'cancel' };
const UPDATE = { resource: 'contact', operation: 'update' };

async function waiting(): Promise<string> {
	const [{ json }] = await execute(CREATE, world.credential, { items: people(5) });
	return String(json.workflowId);
}

const bodies = (operation: string) => world.requestsOf(operation).map(({ body }) => body);

describe('Stop', () => {
	test('ends the task; twice is no harm', async () => {
		const workflowId = await waiting();
		const parameters = { ...STOP, workflowId: byId(workflowId) };

		const items = await execute(parameters, world.credential);
		const [raw] = await execute({ ...parameters, options: { simplify: false } }, world.credential);

		expect(bodies('workflowTask:stop')).toEqual([
			{ workflow_id: workflowId },
			{ workflow_id: workflowId },
		]);
		expect(world.simulator.state.workflows.get(workflowId)?.status).toBe('stopped');
		expect(items[0].json).toEqual({ workflowId, stopped: true });
		expect(raw.json).toEqual({
			response: { data: { workflow_id: workflowId }, status: 'OK', code: 200 },
		});
		expectDocumented(STOP, items);
	});

	test('an unavailable AI Rudder is asked again, because stopping twice is no harm', async () => {
		const workflowId = await waiting();
		world.simulator.faults.add({ operation: 'workflowTask:stop', kind: 'http-503', times: 1 });

		const items = await execute({ ...STOP, workflowId: byId(workflowId) }, world.credential);

		expect(items[0].json.stopped).toBe(true);
		expect(bodies('workflowTask:stop')).toHaveLength(2);
	});
});

describe('Cancel', () => {
	test.each([
		[
			'phone number',
			{ phoneNumber: '+1 202 555-10003' },
			{ callee: '+120255510003' },
			{ phoneNumber: '+120255510003' },
		],
		['case ID', { caseId: 'LOAN-3' }, { case_id: 'LOAN-3' }, { caseId: 'LOAN-3' }],
	])('drops the steps of a contact by %s', async (_name, fields, sent, kept) => {
		const workflowId = await waiting();

		const items = await execute(
			{ ...CANCEL, workflowId: byId(workflowId), ...fields },
			world.credential,
		);

		expect(bodies('contact:cancel')).toEqual([{ workflow_id: workflowId, ...sent }]);
		expect(items[0].json).toEqual({
			workflowId,
			phoneNumber: null,
			caseId: null,
			...kept,
			cancelled: true,
		});
		const states = world.simulator.acceptedContacts().map(({ status }) => status);
		expect(states[3]).toBe('cancelled');
		expect(states[4]).not.toBe('cancelled');
		expectDocumented(CANCEL, items);
	});

	test('a contact that is not in the task is said to be refused', async () => {
		const workflowId = await waiting();

		const error = await failure(
			{ ...CANCEL, workflowId: byId(workflowId), phoneNumber: '+12025559999' },
			world.credential,
		);

		expect(error.message).toMatch(/refused the request \(code 400\): no such contact/);
	});

	test('a contact that AI Rudder says it has not cancelled is not said to be', async () => {
		world.simulator.faults.add({ operation: 'contact:cancel', kind: 'rejects-somebody' });

		const error = await failure(
			{ ...CANCEL, workflowId: byId('w1'), phoneNumber: '+12025550123' },
			world.credential,
		);

		expect(error.message).toBe('AI Rudder did not cancel the contact: not found');
	});
});

describe('Update', () => {
	test('changes variables and details of a contact, one request an item, in order', async () => {
		const workflowId = await waiting();

		const items = await execute(
			{
				...UPDATE,
				workflowId: byId(workflowId),
				caseId: '={{ $json.case }}',
				variables: { values: [{ name: 'amount', value: '={{ $json.amount }}' }] },
				contactDetails: { dueDate: '2026-03-02', contactName: 'Will Smith', gender: 'male' },
			},
			world.credential,
			{
				items: [
					{ case: 'LOAN-1', amount: 7 },
					{ case: 'LOAN-1', amount: 8 },
				],
			},
		);

		const details = { due_date: '2026-03-02', callee_name: 'Will Smith', callee_gender: 'male' };
		expect(bodies('contact:update')).toEqual(
			['7', '8'].map((amount) => ({
				workflow_id: workflowId,
				details: [{ case_id: 'LOAN-1', variables: { amount }, ...details }],
			})),
		);
		expect(world.simulator.acceptedContacts()[1].variables).toEqual({ amount: '8' });
		expect(items.map(({ json }) => json)).toEqual(
			[0, 1].map(() => ({ workflowId, phoneNumber: null, caseId: 'LOAN-1', updated: true })),
		);
		expectDocumented(UPDATE, items);
	});

	test('takes variables as JSON', async () => {
		const workflowId = await waiting();

		await execute(
			{
				...UPDATE,
				workflowId: byId(workflowId),
				phoneNumber: '+120255510002',
				variablesFrom: 'json',
				variablesJson: '{"amount": 5, "name": "Ann"}',
			},
			world.credential,
		);

		expect(world.simulator.acceptedContacts()[2].variables).toEqual({ amount: '5', name: 'Ann' });
	});

	test('gives a contact no second number that is its first', async () => {
		const workflowId = await waiting();

		await execute(
			{
				...UPDATE,
				workflowId: byId(workflowId),
				phoneNumber: '+120255510002',
				contactDetails: { morePhoneNumbers: '+1 202 555 10002, +12025550199' },
			},
			world.credential,
		);

		expect(bodies('contact:update')).toMatchObject([
			{ details: [{ extra: [{ Question: 'extend_callees', Content: '+12025550199' }] }] },
		]);
	});

	test.each([
		['nobody named', {}, "'Phone Number' and 'Case ID' are both empty"],
		['nothing to change', { caseId: 'LOAN-1' }, 'There is nothing to change'],
		[
			'a nested variable',
			{ caseId: 'LOAN-1', variablesFrom: 'json', variablesJson: '{"a": {"b": 1}}' },
			"The variable 'a' is not text or a number",
		],
		[
			'a short number',
			{ phoneNumber: '0812' },
			"'Phone Number' is not a complete phone number (it ends in …812)",
		],
	])('refuses %s before anything is sent', async (_name, fields, message) => {
		const error = await failure(
			{ ...UPDATE, workflowId: byId('w1'), ...fields },
			world.credential,
			{ items: [{}, {}] },
		);

		expect(error.message).toBe(message);
		expect(error.context.itemIndex).toBe(0);
		expect(world.simulator.requests).toHaveLength(0);
	});

	test('a contact that AI Rudder does not take is a failed item, with the reason', async () => {
		const workflowId = await waiting();

		const items = await execute(
			{
				...UPDATE,
				workflowId: byId(workflowId),
				caseId: '={{ $json.case }}',
				variablesFrom: 'json',
				variablesJson: '{"amount": 1}',
			},
			world.credential,
			{ items: [{ case: 'nobody' }, { case: 'LOAN-2' }], onError: 'continueErrorOutput' },
		);

		expect(items.map(({ json }) => json.error ?? json.updated)).toEqual([
			'AI Rudder did not change the contact: no such contact',
			true,
		]);
		expect(items[0].pairedItem).toEqual({ item: 0 });
	});

	test.each(['reset-after', 'timeout-after', 'http-503'] as const)(
		'after %s it is not sent again, and the user is told that it may have happened',
		async (kind) => {
			const workflowId = await waiting();
			world.simulator.faults.add({ operation: 'contact:update', kind });

			const error = await failure(
				{
					...UPDATE,
					workflowId: byId(workflowId),
					caseId: 'LOAN-1',
					contactDetails: { comments: 'new' },
					options: { timeoutSeconds: 1 },
				},
				world.credential,
			);

			expect(bodies('contact:update')).toHaveLength(1);
			expect(error.description).toMatch(/may have taken it all the same/);
			// 'Find' does not tell what a contact's variables are.
			expect(error.description).toMatch(/for changes in the AI Rudder console/);
		},
	);
});
