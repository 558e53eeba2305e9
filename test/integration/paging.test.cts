/** Ways in which the paging of AI Rudder's lists may turn out other than assumed. */
import { ok } from './support/answered.cts';
import { byId, dialled } from './support/dialled.cts';
import { execute, failure } from './support/n8n.cts';
import { simulated } from './support/simulated.cts';
import { vendor } from './support/vendor.cts';

const GET_MANY = { resource: 'workflowTemplate', operation: 'getAll', returnAll: true };

type Row = Record<string, unknown>;

const rows = (count: number): Row[] =>
	Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `Template ${index + 1}` }));

/** Lists what `answer` gives for a page from 1, and counts how often it was asked. */
async function listed(answer: (page: number, size: number) => unknown, parameters = {}) {
	const hints: string[] = [];
	const answers = await vendor((query) =>
		ok(answer(Number(query.get('Page')), Number(query.get('Number')))),
	);
	try {
		const items = await execute({ ...GET_MANY, ...parameters }, answers.credential, { hints });
		return { ids: items.map(({ json }) => json.templateId), asked: answers.asked.length, hints };
	} finally {
		await answers.close();
	}
}

const numbered = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

test('a full last page is followed by one that says nothing', async () => {
	const all = rows(1_000);

	const { ids, asked } = await listed((page, size) =>
		page > 2 ? null : all.slice((page - 1) * size, page * size),
	);

	expect(ids).toEqual(numbered(1, 1_000));
	expect(asked).toBe(3);
});

test('all rows at once, whatever is asked, come once each', async () => {
	const { ids, asked, hints } = await listed(() => rows(1_304));

	expect(ids).toEqual(numbered(1, 1_304));
	expect(asked).toBe(2);
	expect(hints).toEqual([]);
});

test('pages of a size of its own, larger than asked for, lose no row', async () => {
	const all = rows(1_300);

	const { ids } = await listed((page) => all.slice((page - 1) * 600, page * 600));

	expect(ids).toEqual(numbered(1, 1_300));
});

test('pages that overlap, because new rows came in between, give no row twice', async () => {
	const all = rows(1_100);

	const { ids } = await listed((page, size) =>
		page === 1 ? all.slice(0, size) : all.slice((page - 1) * size - 3, page * size - 3),
	);

	expect(ids).toEqual(numbered(1, 1_100));
});

test('a page number that is taken as an offset is noticed, and the gap is owned up to', async () => {
	const all = rows(600);

	const { ids, asked, hints } = await listed((page, size) => ({
		total: 600,
		list: all.slice(page - 1, page - 1 + size),
	}));

	expect(ids).toEqual(numbered(1, 501));
	expect(asked).toBe(2);
	expect(hints).toEqual([expect.stringMatching(/reports 99 more results/)]);
});

const MAY_HAVE_MORE = [expect.stringMatching(/may have more results than it gave for item 0/)];

test.each([
	['no total', {}],
	['a total that is none', { total: 0 }],
])('the same with %s: that there may be more is owned up to', async (_name, beside) => {
	const all = rows(1_200);

	const { ids, asked, hints } = await listed((page, size) => ({
		...beside,
		list: all.slice(page - 1, page - 1 + size),
	}));

	expect(ids).toEqual(numbered(1, 501));
	expect(asked).toBe(2);
	expect(hints).toEqual(MAY_HAVE_MORE);
});

describe('the same page again, without a total', () => {
	test.each([20, 500, 1_000])('%i rows may be a part', async (size) => {
		const { ids, hints } = await listed(() => rows(size));

		expect(ids).toEqual(numbered(1, size));
		expect(hints).toEqual(MAY_HAVE_MORE);
	});

	test.each([3, 504])('%i rows are no page, but the whole list', async (size) => {
		const { ids, hints } = await listed(() => rows(size));

		expect(ids).toEqual(numbered(1, size));
		expect(hints).toEqual([]);
	});

	test.each([500, 33])('after pages of %i rows that came as asked', async (size) => {
		const all = rows(1_500);

		const { ids, hints } = await listed((page) => {
			const from = Math.min(page - 1, 1) * size;
			return all.slice(from, from + size);
		});

		expect(ids).toEqual(numbered(1, 2 * size));
		expect(hints).toEqual(MAY_HAVE_MORE);
	});

	test('a limit that is reached needs no warning', async () => {
		const { ids, hints } = await listed(() => rows(20), { returnAll: false, limit: 20 });

		expect(ids).toEqual(numbered(1, 20));
		expect(hints).toEqual([]);
	});
});

test('a last page that repeats most of the page before is the last all the same', async () => {
	const all = rows(504);

	const { ids, hints } = await listed((page) => all.slice((page - 1) * 495, page * 495 + 5));

	expect(ids).toEqual(numbered(1, 504));
	expect(hints).toEqual([]);
});

test('rows over pages whose own ID is empty are told apart by what else they hold', async () => {
	const all = rows(600).map(({ id }) => ({ CallID: `c${id}`, name: 'A', template_id: id }));
	for (const at of [10, 550]) Object.assign(all[at], { CallID: '' });

	const { ids } = await listed((page, size) => all.slice((page - 1) * size, page * size));

	expect(ids).toEqual(numbered(1, 600));
});

test('a total that counts the rows of the page only does not end the list', async () => {
	const all = rows(1_200);

	const { ids } = await listed((page, size) => {
		const list = all.slice((page - 1) * size, page * size);
		return { total: list.length, list };
	});

	expect(ids).toEqual(numbered(1, 1_200));
});

test('a total of 0 beside rows is not believed', async () => {
	const all = rows(700);

	const { ids } = await listed((page, size) => ({
		total: 0,
		list: all.slice((page - 1) * size, page * size),
	}));

	expect(ids).toEqual(numbered(1, 700));
});

test('a short page in the middle does not end a list whose total says more', async () => {
	const all = rows(1_100);
	const pages = [all.slice(0, 500), all.slice(500, 900), all.slice(900)];

	const { ids, asked, hints } = await listed((page) => ({ total: 1_100, list: pages[page - 1] }));

	expect(ids).toEqual(numbered(1, 1_100));
	expect(asked).toBe(3);
	expect(hints).toEqual([]);
});

test('rows that change with every answer do not keep the node asking', async () => {
	let answered = 0;

	const { ids, asked } = await listed(() => {
		answered++;
		return rows(20).map((row) => ({ ...row, status: `seen ${answered}` }));
	});

	expect(ids).toEqual(numbered(1, 20));
	expect(asked).toBe(2);
});

test.each(['message_id', 'body'])(
	'messages to people who had one before are none of those (told apart by %s)',
	async (field) => {
		const message = (index: number, to: number) => ({
			waba_task_id: 'w1',
			callee: `+1202555${10_000 + to}`,
			[field]: `m${index}`,
		});
		const messages = [
			...Array.from({ length: 500 }, (_, index) => message(index, index)),
			...Array.from({ length: 40 }, (_, index) => message(500 + index, index)),
		];

		const { ids } = await listed((page, size) => messages.slice((page - 1) * size, page * size));

		expect(ids).toHaveLength(540);
	},
);

test('a list that goes on when the asking ends is owned up to', async () => {
	const { ids, asked, hints } = await listed((page) => [{ id: page }]);

	expect(ids).toEqual(numbered(1, 2_000));
	expect(asked).toBe(2_000);
	expect(hints).toEqual(MAY_HAVE_MORE);
}, 60_000);

test('rows without an ID of their own are told apart by what they hold', async () => {
	const messages = Array.from({ length: 900 }, (_, index) => ({
		waba_task_id: 'w1',
		callee: '+12025550123',
		body: `message ${index}`,
	}));

	const { ids } = await listed((page, size) => messages.slice((page - 1) * size, page * size));

	expect(ids).toHaveLength(900);
});

test.each([
	['a list', []],
	['a list inside an object', { list: [] }],
	['an object that counts none', { total: 0 }],
	['an object without its list', { total: 0, list: null }],
	['an empty list beside others', { total: 0, list: [], filter: { states: ['open'] } }],
	['an empty list beside warnings', { list: [], warnings: ['nothing found'] }],
])('an empty list as %s gives no item', async (_name, data) => {
	const { ids, asked } = await listed(() => data);

	expect(ids).toEqual([]);
	expect(asked).toBe(1);
});

test('rows behind an empty list of another kind are found', async () => {
	const { ids } = await listed((page) => ({ errors: [], data: { rows: page > 1 ? [] : rows(3) } }));

	expect(ids).toEqual(numbered(1, 3));
});

test.each([{}, { total: 2_000 }])(
	'a limit is kept to, and needs no warning (%j)',
	async (beside) => {
		const all = rows(2_000);

		const { ids, asked, hints } = await listed(
			(page, size) => ({ ...beside, list: all.slice((page - 1) * size, page * size) }),
			{ returnAll: false, limit: 750 },
		);

		expect(ids).toEqual(numbered(1, 750));
		expect(asked).toBe(2);
		expect(hints).toEqual([]);
	},
);

test.each(['={{ $json.nothing }}', '={{ "many" }}', '={{ null }}', 0, -5, 2.5])(
	'a limit of %p is none, and is not taken for an empty list',
	async (limit) => {
		const answers = await vendor(ok(rows(20)));
		try {
			const error = await failure({ ...GET_MANY, returnAll: false, limit }, answers.credential);

			expect(error.message).toBe("'Limit' is not a whole number above 0");
			expect(error.context.itemIndex).toBe(0);
			expect(answers.asked).toEqual([]);
		} finally {
			await answers.close();
		}
	},
);

describe('against the simulator', () => {
	const world = simulated();

	const GET_CALLS = { resource: 'outboundTask', operation: 'getCalls', returnAll: true };

	/** A task with as many rows as wanted, written into the simulator and dialled by nobody. */
	async function taskOf(rows: number): Promise<string> {
		const { workflow, taskId } = await dialled(world, { contacts: 1 });
		const [node] = workflow.nodes;
		const [round] = node.rounds;
		node.rounds = Array.from({ length: rows }, (_, index) => ({
			...round,
			id: index + 1,
			calls: round.calls.map((call) => ({ ...call, callId: `call-${index}`, transcript: [] })),
		}));
		return taskId;
	}

	const ids = (items: Array<{ json: Record<string, unknown> }>) =>
		items.map(({ json }) => (json.otherFields as { id: number }).id);

	test('20,000 rows come whole and in order', async () => {
		const taskId = await taskOf(20_000);

		const items = await execute({ ...GET_CALLS, taskId: byId(taskId) }, world.credential);

		expect(ids(items)).toEqual(Array.from({ length: 20_000 }, (_, index) => index + 1));
		expect(world.requestsOf('outboundTask:getCalls')).toHaveLength(41);
	}, 30_000);

	test('Limit ends the asking, and asks for no more than it needs', async () => {
		const taskId = await taskOf(2_000);

		const items = await execute(
			{ ...GET_CALLS, taskId: byId(taskId), returnAll: false, limit: 7 },
			world.credential,
		);

		expect(ids(items)).toEqual([1, 2, 3, 4, 5, 6, 7]);
		const requests = world.requestsOf('outboundTask:getCalls');
		expect(requests.map(({ body }) => body)).toEqual([{ TaskID: taskId, Page: 1, Number: 7 }]);
	});

	test('a server that gives fewer rows a page than asked for loses none', async () => {
		const taskId = await taskOf(95);
		const options = { additionalParameters: { Number: 20 } };

		const items = await execute({ ...GET_CALLS, taskId: byId(taskId), options }, world.credential);

		expect(ids(items)).toEqual(Array.from({ length: 95 }, (_, index) => index + 1));
		expect(world.requestsOf('outboundTask:getCalls')).toHaveLength(5);
	});

	test('a server that ignores the paging is asked twice, gives no row twice, and is owned up to', async () => {
		world.simulator.options.ignorePaging = true;
		const hints: string[] = [];

		const items = await execute(
			{ resource: 'workflowTemplate', operation: 'getAll', returnAll: true },
			world.credential,
			{ hints },
		);

		const names = items.map(({ json }) => json.templateId);
		expect(names).toHaveLength(20);
		expect(new Set(names).size).toBe(20);
		expect(world.requestsOf('workflowTemplate:getAll')).toHaveLength(2);
		expect(hints).toEqual([expect.stringMatching(/reports 30 more results/)]);
	});

	test('a token that dies between two pages costs no row', async () => {
		const taskId = await taskOf(1_200);
		world.simulator.faults.add({
			operation: 'outboundTask:getCalls',
			kind: 'body-401',
			after: 1,
			times: 1,
		});

		const items = await execute({ ...GET_CALLS, taskId: byId(taskId) }, world.credential);

		expect(ids(items)).toHaveLength(1_200);
		expect(world.simulator.logins).toBe(2);
	});
});
