/** Contact: Call and Wait, up to the moment at which n8n puts the execution to sleep. */
import {
	NodeHelpers,
	WAIT_INDEFINITELY,
	type IDataObject,
	type IRunExecutionData,
} from 'n8n-workflow';
import { AiRudder } from '../../nodes/AiRudder/AiRudder.node.ts';
import { byId } from './support/dialled.cts';
import { expectDocumented } from './support/documented.cts';
import { execute, failure, newRunData, resume, type RunOptions } from './support/n8n.cts';
import { CREATE, people, simulated } from './support/simulated.cts';

const world = simulated();

const { contactsFrom, ...TASK } = CREATE;
const CALL = {
	...TASK,
	resource: 'contact',
	operation: 'callAndWait',
	addTo: 'newTask',
	templateId: byId('1005'),
};

const call = (fields: object = {}, options: RunOptions = {}) =>
	execute({ ...CALL, ...fields } as never, world.credential, { items: people(1), ...options });

const refusal = (fields: object = {}, options: RunOptions = {}) =>
	failure({ ...CALL, ...fields } as never, world.credential, { items: people(1), ...options });

const signatureOf = (runData: IRunExecutionData) => String(runData.resumeToken);

test('uploads the contact with a reference, and then waits for 24 hours', async () => {
	const runData = newRunData();
	const kept: IDataObject[] = [];

	const items = await call({}, { runData, executionId: '4711', kept });

	const [contact] = world.simulator.acceptedContacts();
	expect(contact.variables.n8n_ref).toMatch(
		new RegExp(`^4711\\.${signatureOf(runData)}\\.[0-9a-f]{8}$`),
	);
	expect(contact.variables.amount).toBe('0');
	expect(contact.caseId).toBe('LOAN-0');
	const hours = (Number(runData.waitTill?.getTime()) - Date.now()) / 3_600_000;
	expect(hours).toBeCloseTo(24, 1);
	expectDocumented(CALL, items);
	expect(items[0].json).toMatchObject({
		phoneNumber: contact.callee,
		caseId: 'LOAN-0',
		variables: contact.variables,
		status: null,
		timedOut: true,
	});
	// This is what comes out if there is no outcome.
	expect(kept).toEqual([items[0].json]);
});

test('an expression that says nothing of a limit waits no longer than with one', async () => {
	const runData = newRunData();

	await call({ limitWaitTime: '={{ $json.gone }}' }, { runData });

	const hours = (Number(runData.waitTill?.getTime()) - Date.now()) / 3_600_000;
	expect(hours).toBeCloseTo(24, 1);
});

test("a contact in AI Rudder's own form would not take the reference along", async () => {
	const details = people(1).map(({ phone }) => ({ callee: phone }));

	const error = await refusal({ options: { additionalParameters: { details } } });

	expect(error.message).toMatch(/\(details\) would take the place of/);
	expect(world.simulator.requests).toHaveLength(0);
});

test('the reference of an earlier call, which is among its output, does not go along', async () => {
	const runData = newRunData();
	const [{ json: earlier }] = await call({ referenceIn: 'caseId' }, { runData });
	const after = { phone: '+12025550177', ...earlier, note: 'second' };

	await call(
		{ caseId: '={{ $json.caseId }}', variablesFrom: 'input', variableColumns: 'caseId, note' },
		{ runData: newRunData(), items: [after] },
	);

	const contact = world.simulator.acceptedContacts()[1];
	expect(contact.variables).toEqual({ note: 'second', n8n_ref: expect.any(String) });
	expect(contact.variables.n8n_ref).not.toBe(earlier.caseId);
	expect(contact.caseId).toBe('');
});

test('nor does one among the variables, where the case ID carries the reference', async () => {
	const [{ json }] = await call();
	const { n8n_ref: value } = json.variables as IDataObject;

	await call({ referenceIn: 'caseId', variables: { values: [{ name: 'earlier', value }] } });

	expect(world.simulator.acceptedContacts()[1].variables).toEqual({});
});

test('the same in a task that is there already, as case ID and without a limit', async () => {
	const [{ json }] = await execute({ ...CREATE, contactsFrom: 'none' }, world.credential);
	const runData = newRunData();

	await call(
		{
			addTo: 'existingTask',
			workflowId: byId(String(json.workflowId)),
			referenceIn: 'caseId',
			limitWaitTime: false,
		},
		{ runData, executionId: '4711' },
	);

	const [contact] = world.simulator.acceptedContacts(String(json.workflowId));
	expect(contact.caseId.startsWith(`4711.${signatureOf(runData)}.`)).toBe(true);
	expect(contact.variables).toEqual({ amount: '0' });
	expect(runData.waitTill).toEqual(WAIT_INDEFINITELY);
});

test('a second try after the upload dials nobody and waits', async () => {
	const runData = newRunData();
	const [first] = await call({}, { runData });
	runData.waitTill = undefined;

	const [second] = await call({}, { runData });

	expect(world.simulator.acceptedContacts()).toHaveLength(1);
	expect(second.json).toEqual(first.json);
	expect(runData.waitTill).toBeInstanceOf(Date);
});

describe("n8n's timer of an earlier wait, which would end the next one, is let pass", () => {
	const seconds = (waitAmount: number) => ({ waitAmount, waitUnit: 'seconds' });
	const n8n = jest.requireMock<typeof import('n8n-workflow')>('n8n-workflow');
	let pauses: jest.SpyInstance<Promise<void>, Parameters<typeof n8n.sleep>>;

	beforeEach(() => {
		pauses = jest.spyOn(n8n, 'sleep');
	});

	afterEach(() => pauses.mockRestore());

	test('after an outcome shortly before the time was up', async () => {
		const runData = newRunData();
		await call(seconds(20), { runData });
		const left = Number(runData.waitTill?.getTime()) - Date.now();

		await call({}, { runData, runIndex: 1 });

		// A timer may be late.
		const longest = Math.max(...pauses.mock.calls.map(([ms]) => ms));
		expect(longest).toBeGreaterThan(left);
		expect(world.simulator.acceptedContacts()).toHaveLength(2);
	});

	test('unless the execution is cancelled meanwhile', async () => {
		const runData = newRunData();
		await call(seconds(60), { runData });
		const cancel = new AbortController();
		setTimeout(() => cancel.abort(), 300);

		await refusal(seconds(60), { runData, runIndex: 1, signal: cancel.signal });

		expect(world.simulator.acceptedContacts()).toHaveLength(1);
	});

	test('and one that is not near is not waited for', async () => {
		const runData = newRunData();
		await call({}, { runData });

		await call({}, { runData, runIndex: 1 });

		expect(pauses).not.toHaveBeenCalled();
		expect(world.simulator.acceptedContacts()).toHaveLength(2);
	});
});

describe('what comes to the address of a waiting execution', () => {
	const outcome = { status: 'finished', intention: 'A' };

	test.each([
		['variable', (json: IDataObject) => (json.variables as IDataObject).n8n_ref],
		['caseId', (json: IDataObject) => json.caseId],
	])('the outcome of its own call, by %s, is what the node puts out', async (referenceIn, of) => {
		const [{ json }] = await call({ referenceIn });

		const answer = await resume(json, { reference: of(json), call: outcome });

		expect(answer).toEqual({
			webhookResponse: { resumed: true },
			workflowData: [[{ json: { ...outcome, timedOut: false }, pairedItem: { item: 0 } }]],
		});
	});

	test('the outcome of its call before that one resumes nothing', async () => {
		const runData = newRunData();
		const [{ json: earlier }] = await call({}, { runData });
		const [{ json }] = await call({}, { runData, runIndex: 1 });
		const { n8n_ref: reference } = earlier.variables as IDataObject;

		const answer = await resume(json, { reference, call: outcome });

		expect(answer).toEqual({ webhookResponse: { resumed: false } });
	});

	test.each<[string, (reference: unknown) => unknown]>([
		['nothing', () => ({})],
		['no outcome', (reference) => ({ reference })],
		['an outcome that is text', (reference) => ({ reference, call: 'finished' })],
		['an outcome that is a list', (reference) => ({ reference, call: [outcome] })],
		['no reference', () => ({ call: outcome })],
		['a list', (reference) => [{ reference, call: outcome }]],
		['text', () => 'finished'],
	])('%s resumes nothing', async (_, body) => {
		const [{ json }] = await call();
		const { n8n_ref: reference } = json.variables as IDataObject;

		const answer = await resume(json, body(reference));

		expect(answer).toEqual({ webhookResponse: { resumed: false } });
	});
});

test('without an outcome, too, every variable is under a name that expressions can reach', async () => {
	const variables = { values: [{ name: 'caller', value: 'Example Bank' }] };

	const [{ json }] = await call({ variables });

	expect(world.simulator.acceptedContacts()[0].variables).toMatchObject({ caller: 'Example Bank' });
	expect(json.variables).toEqual({ callerData: 'Example Bank', n8n_ref: expect.any(String) });
});

test.each([
	['reset-after', 'unknown'],
	['http-503', 'unknown'],
	['reset-before', 'unknown'],
	['body-403', 'notSent'],
] as const)('after %s there is no outcome to wait for', async (kind, state) => {
	world.simulator.faults.add({ kind, operation: 'workflowTask:create', times: 1 });
	const runData = newRunData();

	const [{ json }] = await call({}, { runData, onError: 'continueRegularOutput' });

	expect(json).toMatchObject({ state, error: expect.any(String) });
	expect(runData.waitTill).toBeUndefined();
});

test('a contact that AI Rudder rejects is not waited for', async () => {
	world.simulator.options.rejectContact = () => 'blocked';
	const runData = newRunData();

	const error = await refusal({}, { runData });

	expect(error.message).toMatch(/1 rejected/);
	expect(runData.waitTill).toBeUndefined();
});

describe('refused before anybody is dialled', () => {
	afterEach(() => expect(world.simulator.requests).toHaveLength(0));

	test('an n8n that signs no addresses, with what to do instead', async () => {
		const unsigned = { ...newRunData(), resumeToken: undefined };

		const error = await refusal({}, { runData: unsigned as never });

		expect(error.message).toMatch(/needs n8n 2\.16 or newer/);
		expect(error.description).toContain('ask-for-outcome.json');
	});

	test('several items', async () => {
		const error = await refusal({}, { items: people(3) });

		expect(error.message).toMatch(/one contact at a time, and the input has 3 items/);
		expect(error.description).toContain("'Loop Over Items'");
	});

	test.each([
		[{ referenceVariable: ' ' }, /'Reference Variable' is empty/],
		[{ waitAmount: 0 }, /'Wait at Most' is not a time/],
		[{ waitAmount: 1e12 }, /'Wait at Most' is not a time/],
		[{ phoneNumber: '123' }, /'Phone Number' is not a complete phone number/],
		[{ taskName: '' }, /'Task Name' is empty/],
		[{ addTo: 'existingTask', workflowId: byId('') }, /'Workflow Task' is empty/],
	])('%j', async (fields, message) => {
		expect((await refusal(fields)).message).toMatch(message);
	});

	test('use as a tool, which the editor does not offer either', async () => {
		const { description } = new AiRudder();
		const [option] = description.properties.flatMap(({ name, options = [] }) =>
			name === 'operation' ? options.filter((each) => each.name === 'Call and Wait') : [],
		);
		const isOfferedBy = (name: string) =>
			NodeHelpers.displayParameter({}, option as never, null, { ...description, name });
		expect(isOfferedBy('aiRudder')).toBe(true);
		expect(isOfferedBy('aiRudderTool')).toBe(false);

		const error = await refusal({}, { type: 'aiRudderTool' });

		expect(error.message).toMatch(/cannot be a tool of an AI agent/);
	});
});
