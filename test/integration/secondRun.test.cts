/** n8n runs an execution again whose process has died: nobody in its uploads is sent a second time. */
import { execute, failure, newRunData, processed } from './support/n8n.cts';
import { CREATE, people, simulated } from './support/simulated.cts';

const world = simulated();

beforeEach(() => {
	processed.locked = false;
	processed.noted.clear();
});

const executionId = 'of a worker that died';

const addTo = (workflowId: unknown) => ({
	resource: 'contact',
	operation: 'add',
	workflowId: { __rl: true, mode: 'id', value: String(workflowId) },
	phoneNumber: '={{ $json.phone }}',
});

const run = async (parameters: Parameters<typeof execute>[0], options = {}) =>
	await execute(parameters, world.credential, { items: people(3), ...options });

const accepted = () => world.simulator.acceptedContacts();

test('Create: no second task, and every contact in doubt', async () => {
	await run(CREATE, { executionId });

	const items = await run(CREATE, { executionId, onError: 'continueRegularOutput' });

	expect(items).toHaveLength(3);
	for (const { json } of items) {
		expect(json).toMatchObject({
			state: 'unknown',
			reason: expect.stringContaining('has begun this upload before'),
		});
	}
	expect(accepted()).toHaveLength(3);
	expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
});

test('Create without contacts: no second task, and why', async () => {
	const empty = { ...CREATE, contactsFrom: 'none' };
	await run(empty, { executionId, items: people(1) });

	const { message, description } = await failure(empty, world.credential, {
		items: people(1),
		executionId,
	});

	expect(message).toBe('The workflow task was not created, or not for certain');
	expect(description).toContain('has begun this upload before');
	expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
});

test('Add: nobody again, told in one error', async () => {
	const [{ json }] = await run(CREATE);
	const parameters = addTo(json.workflowId);
	await run(parameters, { executionId });

	const { message, description } = await failure(parameters, world.credential, {
		items: people(3),
		executionId,
	});

	expect(message).toBe(
		'3 of 3 contacts were not uploaded, or not for certain: 3 perhaps uploaded (0 uploaded)',
	);
	expect(description).toContain('Workflow Task: Find');
	expect(world.requestsOf('contact:add')).toHaveLength(1);
});

test('two uploads of one execution are two uploads', async () => {
	const [{ json: first }] = await run(CREATE);
	const [{ json: second }] = await run(CREATE);
	await run(addTo(first.workflowId), { executionId });

	const items = await run(addTo(second.workflowId), { executionId });

	expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'uploaded']);
});

test('executions that have no ID are not taken for one another', async () => {
	await run(CREATE, { executionId: '' });

	const items = await run(CREATE, { executionId: '' });

	expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'uploaded']);
});

test('Retry On Fail in the same process goes on with what was not sent', async () => {
	world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'http-429', times: 20 });
	const runData = newRunData();
	await failure(CREATE, world.credential, { items: people(3), runData });
	world.simulator.faults.clear();

	const items = await run(CREATE, { runData });

	expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'uploaded']);
	expect(accepted()).toHaveLength(3);
});

describe('Retry under Executions gives each retry what the failed execution remembers', () => {
	const inBatches = { ...CREATE, options: { batchSize: 2 } } as typeof CREATE;
	const corrected = { ...CREATE, templateId: { ...CREATE.templateId, value: '1002' } };

	async function failedInPart() {
		const runData = newRunData();
		world.simulator.faults.add({ operation: 'contact:add', kind: 'body-403', times: 1 });
		await failure(inBatches, world.credential, { items: people(3), runData });
		expect(accepted()).toHaveLength(2);
		return runData;
	}

	async function refusedAtOnce(parameters: typeof CREATE) {
		const runData = newRunData();
		world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'body-403', times: 1 });
		await failure(parameters, world.credential, { items: people(3), runData });
		return runData;
	}

	test('the first one sends what was not sent, and so does a retry of a retry', async () => {
		const first = structuredClone(await failedInPart());
		world.simulator.faults.add({ operation: 'contact:add', kind: 'body-403', times: 1 });
		await failure(inBatches, world.credential, { items: people(3), runData: first });

		const items = await run(inBatches, { runData: structuredClone(first) });

		expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'uploaded']);
		expect(accepted()).toHaveLength(3);
	});

	test('a second one of the same execution sends nobody again, and says which to retry', async () => {
		const failed = await failedInPart();
		await run(inBatches, { runData: structuredClone(failed) });

		const items = await run(inBatches, {
			runData: structuredClone(failed),
			onError: 'continueRegularOutput',
		});

		expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'unknown']);
		expect(items[2].json.reason).toMatch(/was retried before.* Retry the newest/);
		expect(accepted()).toHaveLength(3);
	});

	test('nor does a second one create a task that the first one may have created', async () => {
		const runData = await refusedAtOnce(CREATE);
		await run(CREATE, { runData: structuredClone(runData) });

		const { message } = await failure(CREATE, world.credential, {
			items: people(3),
			runData: structuredClone(runData),
		});

		expect(message).toMatch(/3 perhaps uploaded \(0 uploaded\)/);
		expect(accepted()).toHaveLength(3);
	});

	test.each([
		['each with the template corrected', corrected, corrected],
		['the second with another template', CREATE, corrected],
	])('nor does a second one after a change of the workflow: %s', async (_, one, two) => {
		const runData = await refusedAtOnce(CREATE);
		await run(one, { runData: structuredClone(runData) });

		const { description } = await failure(two, world.credential, {
			items: people(3),
			runData: structuredClone(runData),
		});

		expect(description).toContain('was retried before');
		expect(accepted()).toHaveLength(3);
	});

	test('nor does a second one create the tasks that come after the one that failed', async () => {
		const list = {
			...CREATE,
			contactsFrom: 'list',
			contacts: { values: [{ phoneNumber: '={{ $json.phone }}' }] },
		};
		const runData = await refusedAtOnce(list);
		await run(list, { runData: structuredClone(runData) });

		const items = await run(list, {
			runData: structuredClone(runData),
			onError: 'continueRegularOutput',
		});

		expect(items).toHaveLength(3);
		for (const { json } of items) expect(json.reason).toContain('was retried before');
		expect(accepted()).toHaveLength(3);
	});

	test('all tasks of a retry are served', async () => {
		const [{ json: first }] = await run(CREATE, { items: people(1) });
		const [{ json: second }] = await run(CREATE, { items: people(1) });
		const toEach = addTo('={{ $json.task }}');
		const items = [first, second].map(({ workflowId: task }) => ({ ...people(1)[0], task }));
		const runData = newRunData();
		world.simulator.faults.add({ operation: 'contact:add', kind: 'http-429', times: 20 });
		await failure(toEach, world.credential, { items, runData });
		world.simulator.faults.clear();

		const added = await run(toEach, { items, runData: structuredClone(runData) });

		expect(added.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded']);
	});
});

describe('Retry under Executions knows nothing of an execution whose process died', () => {
	const retry = { mode: 'retry', onError: 'continueRegularOutput' } as const;

	test('but sends nobody whom that has begun to send, and says what to do', async () => {
		await run(CREATE);

		const items = await run(CREATE, retry);

		expect(items.map(({ json }) => json.state)).toEqual(['unknown', 'unknown', 'unknown']);
		expect(items[0].json.reason).toMatch(/has begun this upload.* run the workflow anew/);
		expect(accepted()).toHaveLength(3);
	});

	test('others are sent', async () => {
		await run(CREATE, { items: people(4).slice(3) });

		const items = await run(CREATE, retry);

		expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'uploaded']);
	});

	test('the same are sent to another task', async () => {
		const [{ json: first }] = await run(CREATE);
		const [{ json: second }] = await run(CREATE);
		await run(addTo(first.workflowId));

		const items = await run(addTo(second.workflowId), retry);

		expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'uploaded']);
	});

	const loop = async (runs: number, options: object) => {
		const runData = newRunData();
		const results = [];
		for (let runIndex = 0; runIndex < runs; runIndex++) {
			results.push(await run(CREATE, { ...options, runData, runIndex, items: people(1) }));
		}
		return results.flatMap((items) => items.map(({ json }) => json.state));
	};

	test('a loop that sends the same ones goes on behind the run that the process died in', async () => {
		await loop(2, {});

		expect(await loop(3, retry)).toEqual(['unknown', 'unknown', 'uploaded']);
		expect(accepted()).toHaveLength(3);
	});

	test('nor when n8n is asked for many at a time', async () => {
		const many = people(20).map((person) => [person]);
		await Promise.all(many.map(async (items) => await run(CREATE, { items })));

		const retries = await Promise.all(
			many.map(async (items) => await run(CREATE, { ...retry, items })),
		);

		expect(retries.flat().map(({ json }) => json.state)).toEqual(Array(20).fill('unknown'));
	});

	test('an execution that is none is a new upload', async () => {
		await run(CREATE);

		const items = await run(CREATE);

		expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'uploaded']);
	});
});

test('a second retry of a task whose contacts are all settled says the same as the first', async () => {
	world.simulator.options.rejectContact = () => 'blacklisted';
	const contacts = { values: [{ phoneNumber: '+12025550123' }] };
	const list = { ...CREATE, contactsFrom: 'list', contacts };
	const options = { items: people(1), onError: 'continueRegularOutput' as const };
	const runData = newRunData();
	const failed = await run(list, { ...options, runData });
	await run(list, { ...options, runData: structuredClone(runData) });

	const items = await run(list, { ...options, runData: structuredClone(runData) });

	expect(items).toEqual(failed);
	expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
});

test('an upload goes on where the database cannot be asked', async () => {
	processed.locked = true;

	const items = await run(CREATE);

	expect(items.map(({ json }) => json.state)).toEqual(['uploaded', 'uploaded', 'uploaded']);
});
