import type { OperationName } from '../../simulator/index.cts';
import { byId, dialled, type Dialled } from './support/dialled.cts';
import { expectDocumented } from './support/documented.cts';
import { execute, failure } from './support/n8n.cts';
import { simulated } from './support/simulated.cts';
import { vendor } from './support/vendor.cts';

const world = simulated();

interface Listing {
	resource: string;
	operation: string;
	method: string;
	path: string;
	template?: string;
	fields: (task: Dialled) => Record<string, unknown>;
	/** What the request carries beside the paging. */
	sent: (task: Dialled) => Record<string, unknown>;
	first: (task: Dialled) => Record<string, unknown>;
}

const workflowTask = ({ workflowId }: Dialled) => ({ workflowId: byId(workflowId) });
const workflowId = (task: Dialled) => ({ workflow_id: task.workflowId });

const LISTS: Listing[] = [
	{
		resource: 'workflowTemplate',
		operation: 'getAll',
		method: 'GET',
		path: 'templates',
		fields: () => ({}),
		sent: () => ({}),
		first: () => ({
			templateId: '1001',
			templateName: 'Payment reminder',
			createdAt: '2024-02-20T00:00:00.000Z',
			createdAtLocal: null,
		}),
	},
	{
		resource: 'workflowTask',
		operation: 'getAll',
		method: 'GET',
		path: 'instances',
		fields: () => ({}),
		sent: () => ({}),
		first: (task) => ({
			workflowId: task.workflowId,
			workflowName: 'Reminders',
			templateId: '1001',
			status: 'finished',
			endTime: '2099-01-31T11:00:00.000Z',
			endTimeLocal: null,
			otherFields: { total: 12 },
		}),
	},
	{
		resource: 'workflowTask',
		operation: 'getSubtasks',
		method: 'GET',
		path: 'instancetasks',
		fields: workflowTask,
		sent: workflowId,
		first: (task) => ({
			workflowId: task.workflowId,
			taskId: task.taskId,
			nodeType: 'voicebot',
			status: 'finished',
		}),
	},
	{
		resource: 'outboundTask',
		operation: 'getAll',
		method: 'POST',
		path: 'tasklist',
		fields: workflowTask,
		sent: workflowId,
		first: (task) => ({ workflowId: task.workflowId, taskId: task.taskId, status: 'finished' }),
	},
	{
		resource: 'outboundTask',
		operation: 'getCalls',
		method: 'POST',
		path: 'taskdetail',
		fields: (task) => ({ taskId: byId(task.taskId) }),
		sent: (task) => ({ TaskID: task.taskId }),
		first: (task) => ({
			workflowId: task.workflowId,
			taskId: task.taskId,
			phoneNumber: '+120255510000',
			caseId: 'LOAN-0',
			status: 'finished',
			variables: { amount: '0' },
		}),
	},
	{
		resource: 'outboundTask',
		operation: 'getCallsInfoCheck',
		method: 'POST',
		path: 'taskdetail',
		template: '1002',
		fields: (task) => ({ taskId: byId(task.taskId) }),
		sent: (task) => ({ TaskID: task.taskId }),
		first: (task) => ({ workflowId: task.workflowId, phoneNumber: '+120255510000' }),
	},
	{
		resource: 'wabaTask',
		operation: 'getAll',
		method: 'GET',
		path: 'wabatasks',
		template: '1003',
		fields: workflowTask,
		sent: workflowId,
		first: (task) => ({ workflowId: task.workflowId, taskId: task.wabaTaskId }),
	},
	{
		resource: 'wabaTask',
		operation: 'getMessages',
		method: 'GET',
		path: 'wabataskdetail',
		template: '1003',
		fields: (task) => ({ ...workflowTask(task), wabaTaskId: byId(task.wabaTaskId) }),
		sent: (task) => ({ ...workflowId(task), waba_task_id: task.wabaTaskId }),
		first: (task) => ({
			workflowId: task.workflowId,
			taskId: task.wabaTaskId,
			phoneNumber: '+120255510000',
			caseId: 'LOAN-0',
			sender: 'chatbot',
			status: 'read',
			type: 'template',
			text: 'Hi, this is a reminder.',
		}),
	},
];

describe.each(LISTS)('$resource:$operation', (listing) => {
	const { resource, operation, method, path, template: templateId } = listing;
	const name = `${resource}:${operation}` as OperationName;
	const ask = async (task: Dialled, more: Record<string, unknown> = {}) =>
		await execute(
			{ resource, operation, ...listing.fields(task), returnAll: true, ...more } as never,
			world.credential,
		);

	test('asks as documented or assumed, and gives each row in our shape', async () => {
		const task = await dialled(world, { templateId });

		const items = await ask(task);

		const [request] = world.requestsOf(name);
		expect(request).toMatchObject({ method, path: `/service/cloud/workflow/${path}` });
		const paging = method === 'GET' ? { Page: '1', Number: '500' } : { Page: 1, Number: 500 };
		expect(method === 'GET' ? request.query : request.body).toEqual({
			...paging,
			...listing.sent(task),
		});
		expect(items[0].json).toMatchObject(listing.first(task));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
		expectDocumented({ resource, operation }, items);
		expect(JSON.stringify(items)).not.toMatch(/"(callee|caller)":/);
	});

	test('with Simplify off hands on the answer as it came', async () => {
		const task = await dialled(world, { templateId, contacts: 3 });

		const items = await ask(task, { simplify: false });

		const rows = await ask(task);
		expect(items).toHaveLength(1);
		const { response } = items[0].json as { response: { data: { list: []; detail: [] } } };
		expect(response).toMatchObject({ status: 'OK', code: 200 });
		const { list, detail } = response.data;
		expect(list ?? detail).toHaveLength(rows.length);
	});

	test('a wrong path is repaired by an override, and an additional parameter reaches the wire', async () => {
		const task = await dialled(world, { templateId, contacts: 3 });
		const { credential } = world;
		const override = (to: string) => {
			credential.data.endpointOverrides = { values: [{ operation: name, path: to }] };
		};
		override('/service/cloud/workflow/nosuch');
		const wrong = await failure(
			{ resource, operation, ...listing.fields(task) } as never,
			credential,
		);
		override(`/service/cloud/workflow/${path}`);
		const options = { additionalParameters: '{"locale": "id"}' };

		const items = await ask(task, { options });

		expect(wrong.message).toMatch(/knows no endpoint \/service\/cloud\/workflow\/nosuch/);
		expect(wrong.description).toMatch(/'Endpoint Overrides'/);
		expect(items.length).toBeGreaterThan(0);
		const { query, body } = world.requestsOf(name).slice(-1)[0];
		expect(method === 'GET' ? query : body).toMatchObject({ locale: 'id' });
	});

	test.each([
		['empty-data', /came without data/],
		['html', /web page came back/],
		['body-unknown', /not documented \(code 77777\)/],
	] as const)('%s is no empty list', async (kind, message) => {
		const task = await dialled(world, { templateId, contacts: 1 });
		world.simulator.faults.add({ operation: name, kind });

		const error = await failure(
			{ resource, operation, ...listing.fields(task) } as never,
			world.credential,
		);

		expect(error.message).toMatch(message);
		expect(error.message).not.toMatch(/error|problem|failure|mistake/i);
		expect(error.context.itemIndex).toBe(0);
	});
});

test.each([
	['outboundTask', 'getAll'],
	['wabaTask', 'getAll'],
	['workflowTask', 'getSubtasks'],
])(
	'%s:%s: rows that do not repeat their workflow task are those of the one asked for',
	async (resource, operation) => {
		const answers = await vendor({ data: [{ task_id: 't1' }], status: 'OK', code: 200 });
		try {
			const items = await execute(
				{ resource, operation, workflowId: byId('w1') },
				answers.credential,
			);

			expect(items[0].json).toMatchObject({ taskId: 't1', workflowId: 'w1', otherFields: {} });
		} finally {
			await answers.close();
		}
	},
);

test.each([1_710_000_000, '1710000000', 1_710_000_000_000])(
	'a message of %p was sent in March 2024',
	async (timestamp) => {
		const answers = await vendor({ data: [{ msg_id: 'm1', timestamp }], status: 'OK', code: 200 });
		try {
			const items = await execute(
				{ resource: 'wabaTask', operation: 'getMessages', wabaTaskId: byId('w1') },
				answers.credential,
			);

			expect(items[0].json.occurredAt).toBe('2024-03-09T16:00:00.000Z');
		} finally {
			await answers.close();
		}
	},
);

test('several items: a bad one is a failed item of its own, the others go on', async () => {
	const task = await dialled(world, { contacts: 2 });
	const parameters = {
		resource: 'outboundTask',
		operation: 'getAll',
		workflowId: { __rl: true, mode: 'id', value: '={{ $json.task }}' },
	};
	const items = [{ task: task.workflowId }, { task: '' }, { task: 'nobody-knows' }];

	const error = await failure(parameters, world.credential, { items: items.slice(1) });
	const results = await execute(parameters, world.credential, {
		items,
		onError: 'continueErrorOutput',
	});

	expect(error.message).toBe("'Workflow Task' is empty");
	expect(error.context.itemIndex).toBe(0);
	expect(results.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(results[0].json.taskId).toBe(task.taskId);
	expect(results[1].json).toMatchObject({ error: "'Workflow Task' is empty" });
	expect(results[2].json.error).toMatch(/refused the request \(code 400\)/);
});
