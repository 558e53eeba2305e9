import { byId, dialled } from './support/dialled.cts';
import { search } from './support/n8n.cts';
import { simulated } from './support/simulated.cts';
import { vendor } from './support/vendor.cts';

const world = simulated();

/** Scrolls to the end; fails when there is none. */
async function all(method: string, filter = '', parameters = {}) {
	const results = [];
	let token: string | undefined;
	for (let scrolled = 0; scrolled < 20; scrolled++) {
		const page = await search(method, parameters, world.credential, filter, token);
		results.push(...page.results);
		token = page.paginationToken as string | undefined;
		if (token === undefined) return results;
	}
	throw new Error('The list does not end');
}

test('templates, all of them and once each', async () => {
	const templates = await all('getTemplates');

	expect(templates).toHaveLength(50);
	expect(new Set(templates.map(({ value }) => value)).size).toBe(50);
	expect(templates[0]).toEqual({ name: 'Payment reminder (1001)', value: '1001' });
});

test('searched by a part of the name or of the ID', async () => {
	const byName = await all('getTemplates', 'whatsapp');
	const byNumber = await all('getTemplates', ' 1004 ');

	expect(byName).toEqual([{ name: 'Payment reminder with WhatsApp (1003)', value: '1003' }]);
	expect(byNumber.map(({ value }) => value)).toEqual(['1004']);
});

test('a list that AI Rudder does not page as assumed ends, without repeats', async () => {
	world.simulator.options.ignorePaging = true;

	const templates = await all('getTemplates');
	const nothing = await all('getTemplates', 'there is none of this name');

	expect(templates).toHaveLength(20);
	expect(nothing).toEqual([]);
});

test('a total that counts fewer than there are does not end the list', async () => {
	const rows = Array.from({ length: 150 }, (_, index) => ({ id: index + 1 }));
	const answers = await vendor((query) => {
		const page = Number(query.get('Page'));
		return { data: { total: 0, list: rows.slice((page - 1) * 100, page * 100) }, code: 200 };
	});
	try {
		const first = await search('getTemplates', {}, answers.credential);
		const token = String(first.paginationToken);
		const second = await search('getTemplates', {}, answers.credential, '', token);

		expect([...first.results, ...second.results].map(({ value }) => value)).toEqual(
			rows.map(({ id }) => String(id)),
		);
	} finally {
		await answers.close();
	}
});

test('a search that finds nothing pauses after ten pages, to go on when the user scrolls', async () => {
	const answers = await vendor((query) => ({
		data: [{ id: `t${query.get('Page')}`, name: 'Reminder' }],
		code: 200,
	}));
	try {
		const { results, paginationToken } = await search(
			'getTemplates',
			{},
			answers.credential,
			'no such name',
		);

		expect(results).toEqual([]);
		expect(paginationToken).toEqual(expect.any(String));
		expect(answers.asked).toHaveLength(10);
	} finally {
		await answers.close();
	}
});

test('workflow tasks, and of the chosen one its outbound and WABA tasks', async () => {
	const { workflowId, taskId, wabaTaskId } = await dialled(world, {
		contacts: 1,
		templateId: '1003',
	});
	const chosen = { workflowId: byId(workflowId) };

	const tasks = await all('getWorkflowTasks');
	const outbound = await all('getOutboundTasks', '', {
		resource: 'outboundTask',
		operation: 'getCalls',
		...chosen,
	});
	const waba = await all('getWabaTasks', '', {
		resource: 'wabaTask',
		operation: 'getMessages',
		...chosen,
	});

	expect(tasks).toEqual([{ name: `Reminders (${workflowId})`, value: workflowId }]);
	expect(outbound.map(({ value }) => value)).toEqual([taskId]);
	expect(waba.map(({ value }) => value)).toEqual([wabaTaskId]);
});

test.each(['', '={{ $json.task }}'])(
	"with '%s' for a workflow task the list says what it needs, and the way round",
	async (value) => {
		const look = search(
			'getOutboundTasks',
			{ resource: 'outboundTask', operation: 'getCalls', workflowId: byId(value) },
			world.credential,
		);

		await expect(look).rejects.toThrow(
			"The list needs a 'Workflow Task': choose one first. Choose 'By ID' instead and enter the ID.",
		);
		expect(world.simulator.requests).toEqual([]);
	},
);

test.each([
	['html', /web page came back/],
	['empty-data', /came without data/],
	['body-403', /does not allow this/],
] as const)(
	'when the list meets %s, the picker says so and that By ID works',
	async (kind, message) => {
		world.simulator.faults.add({ operation: 'workflowTemplate:getAll', kind });

		const look = search('getTemplates', {}, world.credential);

		await expect(look).rejects.toMatchObject({
			message: expect.stringMatching(message),
			description: expect.any(String),
		});
		await expect(look).rejects.toThrow(/Choose 'By ID' instead and enter the ID\.$/);
	},
);

test.each([
	['rows without IDs', { list: [{ caption: 'Reminder' }] }],
	['no list', { message: 'ok' }],
])('%s: the picker says that the list came in another form', async (_name, data) => {
	const answers = await vendor({ data, status: 'OK', code: 200 });
	try {
		const look = search('getTemplates', {}, answers.credential);

		await expect(look).rejects.toThrow(/Choose 'By ID' instead and enter the ID\.$/);
	} finally {
		await answers.close();
	}
});
