/** Once, and never less than once: copies, repeats, stores that do not succeed, senders that hang up. */
import type { IDataObject } from 'n8n-workflow';
import { sign } from '../../simulator/index.cts';
import { Instance, type Answer } from './support/trigger.cts';

const notice = (...ids: string[]): IDataObject => ({
	TaskID: 't1',
	Sign: sign('t1', 'airudder'),
	Details: ids.map((CallID) => ({ CallID, CalleeNumber: '+12025550123' })),
});

const calls = (n8n: Instance) => n8n.items.map(({ callId }) => callId);

const tick = async (ms = 0) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A store that goes on when the test says so. */
function gate() {
	let open: () => void = () => {};
	let fail: (error: Error) => void = () => {};
	const passed = new Promise<void>((resolve, reject) => {
		open = resolve;
		fail = reject;
	});
	passed.catch(() => undefined);
	return { open, fail: () => fail(new Error('the disk is full')), passed };
}

const statuses = (answers: Answer[]) => {
	const counts: Record<number, number> = {};
	for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
};

test('200 copies at once start one execution, and all are answered 200', async () => {
	const n8n = new Instance({ store: async () => await tick(50) });
	const answers = await Promise.all(Array.from({ length: 200 }, () => n8n.post(notice('a', 'b'))));
	expect(statuses(answers)).toEqual({ 200: 200 });
	expect(n8n.executions).toHaveLength(1);
	expect(calls(n8n)).toEqual(['a', 'b']);
});

test('of 200 copies one goes on after the other until n8n has stored one', async () => {
	let tries = 0;
	const n8n = new Instance({
		store: async () => {
			await tick(5);
			if (++tries <= 3) throw new Error('the disk is full');
		},
	});
	const answers = await Promise.all(Array.from({ length: 200 }, () => n8n.post(notice('a'))));
	expect(statuses(answers)).toEqual({ 200: 197, 500: 3 });
	expect(calls(n8n)).toEqual(['a']);
});

test('what n8n could not store is taken when it is repeated, and then no more', async () => {
	const n8n = new Instance();
	n8n.store = async () => await Promise.reject(new Error('the disk is full'));
	expect((await n8n.post(notice('a', 'b'))).status).toBe(500);
	expect(calls(n8n)).toEqual([]);
	n8n.store = async () => {};
	expect((await n8n.post(notice('a', 'b'))).status).toBe(200);
	expect((await n8n.post(notice('a', 'b'))).status).toBe(200);
	expect(calls(n8n)).toEqual(['a', 'b']);
});

test('of an aggregated notice only the calls not yet seen go on, in either shape', async () => {
	for (const simplify of [true, false]) {
		const n8n = new Instance({ parameters: { simplify } });
		await n8n.post(notice('a', 'b'));
		const partial = notice('a', 'c', 'b', 'd');
		await n8n.post(partial);
		await n8n.post(notice('d', 'a'));
		expect(n8n.executions).toHaveLength(2);
		if (simplify) {
			expect(calls(n8n)).toEqual(['a', 'b', 'c', 'd']);
		} else {
			const { Details } = partial as { Details: IDataObject[] };
			expect(n8n.items[1].payload).toEqual({ ...partial, Details: [Details[1], Details[3]] });
		}
	}
});

test('a store that does not succeed forgets what its copy had claimed, and nothing else', async () => {
	const n8n = new Instance();
	await n8n.post(notice('a'));
	n8n.store = async () => await Promise.reject(new Error('the disk is full'));
	expect((await n8n.post(notice('a', 'b'))).status).toBe(500);
	n8n.store = async () => {};
	await n8n.post(notice('a', 'b'));
	expect(calls(n8n)).toEqual(['a', 'b']);
});

test('a copy waits for the outcome of the first', async () => {
	const first = gate();
	const n8n = new Instance({ store: async () => await first.passed });
	const one = n8n.post(notice('a'));
	let answered = false;
	const two = n8n.post(notice('a')).finally(() => (answered = true));
	await tick(200);
	expect(answered).toBe(false);
	first.open();
	expect(statuses(await Promise.all([one, two]))).toEqual({ 200: 2 });
	expect(calls(n8n)).toEqual(['a']);
});

test('a copy with other calls beside waits too, and then brings those', async () => {
	const first = gate();
	const n8n = new Instance({ store: async () => await first.passed });
	const one = n8n.post(notice('a'));
	await tick();
	n8n.store = async () => {};
	const two = n8n.post(notice('a', 'b'));
	const other = await n8n.post(notice('z'));
	expect(other.status).toBe(200);
	first.open();
	await Promise.all([one, two]);
	expect(calls(n8n).sort()).toEqual(['a', 'b', 'z']);
});

test('a copy is put off while it is undecided; the repeat after that finds it stored', async () => {
	const first = gate();
	const hangUp = new AbortController();
	const n8n = new Instance({ store: async () => await first.passed });
	const one = n8n.post(notice('a'), { hangUp: hangUp.signal });
	await tick();
	hangUp.abort();
	const began = Date.now();
	const two = await n8n.post(notice('a'));
	expect(two.status).toBe(503);
	expect(Date.now() - began).toBeGreaterThan(7_500);
	// For so long AI Rudder waits for an answer.
	expect(Date.now() - began).toBeLessThan(10_000);
	first.open();
	await one;
	expect((await n8n.post(notice('a'))).status).toBe(200);
	expect(calls(n8n)).toEqual(['a']);
});

test('a sender that hung up says nothing: what was not stored then is taken later', async () => {
	const first = gate();
	const hangUp = new AbortController();
	const n8n = new Instance({ store: async () => await first.passed });
	const one = n8n.post(notice('a'), { hangUp: hangUp.signal });
	await tick();
	hangUp.abort();
	const two = n8n.post(notice('a'));
	await tick(100);
	n8n.store = async () => {};
	first.fail();
	expect((await one).status).toBe(500);
	expect((await two).status).toBe(200);
	expect(calls(n8n)).toEqual(['a']);
});

test('each trigger node remembers for itself', async () => {
	const one = new Instance();
	const two = new Instance();
	await one.post(notice('a'));
	await two.post(notice('a'));
	expect([calls(one), calls(two)]).toEqual([['a'], ['a']]);
});

test('so does each of two workflows that were imported with the same node', async () => {
	const settings = { id: 'imported' };
	const one = new Instance({ settings });
	const two = new Instance({ settings, workflowId: 'workflow-2' });
	await one.post(notice('a'));
	await two.post(notice('a'));
	expect([calls(one), calls(two)]).toEqual([['a'], ['a']]);
});

test('the test URL lets everything through, and remembers nothing', async () => {
	const n8n = new Instance();
	for (let i = 0; i < 3; i++) await n8n.post(notice('a'), { test: true });
	await n8n.post(notice('a'));
	expect(n8n.executions).toHaveLength(4);
});

test('with Remove Duplicates off every copy goes on', async () => {
	const n8n = new Instance({ parameters: { options: { removeDuplicates: false } } });
	await Promise.all([n8n.post(notice('a', 'a')), n8n.post(notice('a', 'a'))]);
	expect(calls(n8n)).toEqual(['a', 'a', 'a', 'a']);
	expect(new Set(n8n.items.map(({ eventId }) => eventId)).size).toBe(1);
});

test('entries of one notice that only look the same all go on, the same ones once', async () => {
	const n8n = new Instance();
	const Details = [
		{ CallID: 'a', CalleeNumber: '+1', Comments: 'first' },
		{ CallID: 'a', CalleeNumber: '+1', Comments: 'second' },
		{ CallID: 'a', CalleeNumber: '+1', Comments: 'first' },
		{},
		{ foo: 1 },
		{ foo: 2 },
		'text',
		'text',
		null,
	];
	const odd = { ...notice(), Details };
	await n8n.post(odd);
	expect(n8n.items).toHaveLength(7);
	expect(new Set(n8n.items.map(({ eventId }) => eventId)).size).toBe(7);
	await n8n.post(odd);
	expect(n8n.executions).toHaveLength(1);
});

test('states of the predictive dialler whose time stands beside the body are different notices', async () => {
	const n8n = new Instance();
	const ringing = (timestamp: number) => ({
		type: 'ContactStatus',
		timestamp,
		body: { taskId: 't', callid: 'c', state: 'RINGING' },
	});
	for (const at of [1744699269123, 1744699299123, 1744699269123]) await n8n.post(ringing(at));
	expect(n8n.executions).toHaveLength(2);
});

describe('without what would tell them apart, notices are repeats only when all of them is the same', () => {
	const head = { TaskID: 't1', Sign: sign('t1', 'airudder') };
	const listed = (...Details: IDataObject[]) => ({ ...head, Details });
	const unplaced = {
		CallID: '',
		CalleeNumber: '+1',
		CaseID: 'c',
		Status: 'finished',
		CallTimes: 0,
	};
	const firstRound = { ...unplaced, RingType: 'null', CallStartTime: '2026-11-21T10:00:00Z' };
	const secondRound = { ...unplaced, RingType: 'wrongnum', CallStartTime: '2026-11-21T10:20:00Z' };
	const push = (a: string) => ({
		...{ workflow_id: 'w', node_id: 'n', callee: { callee_number: '+1', case_id: 'c' } },
		...{ custom_attribute: { a }, call: {} },
	});
	const list = { workflow_id: 'w', callee_number: '+1' };

	test.each<[string, IDataObject, IDataObject]>([
		[
			'one call instead of a list',
			{ ...head, Details: { CallID: 'a' } },
			{ ...head, Details: { CallID: 'b' } },
		],
		['calls as text', { ...head, Details: '[1]' }, { ...head, Details: '[2]' }],
		['no calls', { ...listed(), nodetask_id: 'n1' }, { ...listed(), nodetask_id: 'n2' }],
		['calls never placed', listed(firstRound), listed(secondRound)],
		['pushes without a call', push('1'), push('2')],
		[
			'a contact without rows',
			{ ...list, case_id: 'c', rows: [], x: 1 },
			{ ...list, case_id: 'c', rows: [], x: 2 },
		],
		['a contact without a case ID', { ...list, rows: [{}], x: 1 }, { ...list, rows: [{}], x: 2 }],
	])('%s', async (_, one, two) => {
		const n8n = new Instance();
		for (const payload of [one, two, one, two]) await n8n.post(payload);
		expect(n8n.executions).toHaveLength(2);
		expect(new Set(n8n.items.map(({ eventId }) => eventId)).size).toBe(2);
	});

	test('calls as text in a form', async () => {
		const n8n = new Instance();
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		for (const Details of ['[{"CallID":"a"}]', '[{"CallID":"b"}]', '[{"CallID":"a"}]']) {
			await n8n.post(null, { raw: String(new URLSearchParams({ ...head, Details })), headers });
		}
		expect(n8n.executions).toHaveLength(2);
	});

	test('in another company', async () => {
		const n8n = new Instance();
		await n8n.post(listed(secondRound));
		await n8n.post(listed(firstRound, secondRound));
		expect(n8n.items.map(({ ringResult }) => ringResult)).toEqual(['Invalid number', null]);
	});
});

describe('time', () => {
	const MINUTE = 60_000;
	let now: jest.SpyInstance<number, []>;
	let offset = 0;
	const realNow = Date.now.bind(Date);

	beforeEach(() => {
		offset = 0;
		now = jest.spyOn(Date, 'now').mockImplementation(() => realNow() + offset);
	});

	afterEach(() => now.mockRestore());

	test('a notice is remembered for the window, an hour unless set otherwise', async () => {
		const hour = new Instance();
		const short = new Instance({ parameters: { options: { duplicateWindow: 2 } } });
		for (const minutes of [0, 1, 3, 59, 61]) {
			offset = minutes * MINUTE;
			await hour.post(notice('a'));
			await short.post(notice('a'));
		}
		expect(hour.executions).toHaveLength(2);
		expect(short.executions).toHaveLength(4);
	});

	test('a trigger with a shorter window takes nothing from the memory of another', async () => {
		const hour = new Instance();
		const short = new Instance({ parameters: { options: { duplicateWindow: 1 } } });
		await hour.post(notice('a'));
		await tick();
		offset = 30 * MINUTE;
		await short.post(notice('b'));
		await hour.post(notice('a'));
		expect(hour.executions).toHaveLength(1);
	});

	test.each<[string, (state: string) => IDataObject]>([
		['workflow task', (status) => ({ workflow_id: 'w', status, actions: [] })],
		['dialer task', (state) => ({ type: 'TaskStatus', body: { taskId: 't', state } })],
	])('a state is a repeat only of the last one of its %s, for ten minutes', async (_, of) => {
		const n8n = new Instance();
		const sequence: Array<[minutes: number, state: string, goesOn: boolean]> = [
			[0, 'running', true],
			[1, 'running', false],
			[2, 'paused', true],
			[3, 'running', true],
			[4, 'running', false],
			[12, 'running', false],
			[14, 'running', true],
		];
		for (const [minutes, state, goesOn] of sequence) {
			offset = minutes * MINUTE;
			expect((await n8n.post(of(state))).items).toHaveLength(goesOn ? 1 : 0);
		}
		const elsewhere = JSON.parse(JSON.stringify(of('running')).replace(/"[wt]"/, '"x"'));
		expect((await n8n.post(elsewhere)).items).toHaveLength(1);
	});

	test('a state that n8n could not store takes no later one of its workflow task along', async () => {
		const first = gate();
		const n8n = new Instance({ store: async () => await first.passed });
		const of = (status: string) => ({ workflow_id: 'w', status, actions: [] });
		const one = n8n.post(of('running'));
		await tick();
		n8n.store = async () => {};
		await n8n.post(of('paused'));
		first.fail();
		expect((await one).status).toBe(500);
		await tick(50);
		await n8n.post(of('paused'));
		expect(n8n.executions).toHaveLength(1);
	});

	test('beside the workflow n8n keeps nothing older than the window', async () => {
		const n8n = new Instance({ parameters: { options: { respond: 'immediately' } } });
		await n8n.post(notice('a', 'b'));
		offset = 61 * MINUTE;
		await n8n.post(notice('c'));
		const [node] = Object.values(n8n.staticData) as Array<{ seen: IDataObject }>;
		expect(Object.keys(node.seen)).toHaveLength(1);
	});

	test('what n8n has neither stored nor refused after five minutes is taken again', async () => {
		const never = gate();
		const n8n = new Instance({ store: async () => await never.passed });
		void n8n.post(notice('a'));
		await tick();
		offset = 6 * MINUTE;
		n8n.store = async () => {};
		expect((await n8n.post(notice('a'))).status).toBe(200);
		expect(calls(n8n)).toEqual(['a']);
	});

	test('nor does what is undecided for so long count as stored when its sender is gone', async () => {
		const never = gate();
		const hangUp = new AbortController();
		const n8n = new Instance({ store: async () => await never.passed });
		void n8n.post(notice('a'), { hangUp: hangUp.signal });
		await tick();
		hangUp.abort();
		offset = 6 * MINUTE;
		await tick(1_000);
		n8n.store = async () => {};
		await n8n.post(notice('a'));
		expect(calls(n8n)).toEqual(['a']);
	});
});

test('a predictive dialer’s states of one call are different notices', async () => {
	const n8n = new Instance();
	const of = (state: string, timestamp: number) => ({
		type: 'ContactStatus',
		body: { taskId: 't', callid: 'c', state, timestamp },
	});
	const arrivals = [of('HANGUP', 3), of('RINGING', 1), of('ANSWERED', 2), of('RINGING', 1)];
	for (const payload of arrivals) await n8n.post(payload);
	expect(n8n.items.map(({ status }) => status)).toEqual(['HANGUP', 'RINGING', 'ANSWERED']);
	const inOrder = n8n.items.map(({ occurredAt }) => String(occurredAt)).sort();
	expect(inOrder[0]).toBe('1970-01-01T00:00:00.001Z');
});

describe('Respond: Immediately', () => {
	const parameters = { options: { respond: 'immediately' } };

	test('answers before n8n stores, once', async () => {
		const first = gate();
		const n8n = new Instance({ parameters, store: async () => await first.passed });
		const one = n8n.post(notice('a'));
		const copies = await Promise.all(Array.from({ length: 50 }, () => n8n.post(notice('a'))));
		expect(statuses(copies)).toEqual({ 200: 50 });
		expect(n8n.executions).toHaveLength(0);
		first.open();
		expect((await one).result).toMatchObject({ noWebhookResponse: true });
		expect(calls(n8n)).toEqual(['a']);
	});

	test('a store that does not succeed afterwards is lost: that is its price', async () => {
		const n8n = new Instance({ parameters });
		n8n.store = async () => await Promise.reject(new Error('the disk is full'));
		expect((await n8n.post(notice('a'))).status).toBe(200);
		n8n.store = async () => {};
		expect((await n8n.post(notice('a'))).status).toBe(200);
		expect(calls(n8n)).toEqual([]);
	});

	test('remembers over a restart, also what arrived at the same time', async () => {
		const settings = { id: 'restarted' };
		const before = new Instance({ parameters, settings });
		const ids = Array.from({ length: 100 }, (_, index) => `c${index}`);
		await Promise.all(ids.map(async (id) => await before.post(notice(id))));
		await before.post({ workflow_id: 'w', status: 'running', actions: [] });
		expect(before.executions).toHaveLength(101);

		// A process that starts: the modules are loaded anew, only what n8n has saved is left.
		await jest.isolateModulesAsync(async () => {
			const { Instance: Restarted } =
				jest.requireActual<typeof import('./support/trigger.cts')>('./support/trigger.cts');
			const after = new Restarted({ parameters, settings });
			after.staticData = JSON.parse(JSON.stringify(before.staticData));
			for (const id of ids) expect((await after.post(notice(id))).items).toHaveLength(0);
			await after.post({ workflow_id: 'w', status: 'running', actions: [] });
			expect(after.executions).toHaveLength(0);
			await after.post(notice('new'));
			await after.post({ workflow_id: 'w', status: 'paused', actions: [] });
			expect(after.executions).toHaveLength(2);
		});
	});

	test('learns from what n8n has saved what another process has received since', async () => {
		const settings = { id: 'in two processes' };
		const of = (status: string) => ({ workflow_id: 'w', status, actions: [] });
		const here = new Instance({ parameters, settings });
		await here.post(of('running'));
		await jest.isolateModulesAsync(async () => {
			const { Instance: Other } =
				jest.requireActual<typeof import('./support/trigger.cts')>('./support/trigger.cts');
			const there = new Other({ parameters, settings });
			there.staticData = here.staticData;
			await there.post(of('paused'));
			here.staticData = there.staticData;
		});
		await here.post(of('paused'));
		expect(here.executions).toHaveLength(1);
		await here.post(of('running'));
		expect(here.executions).toHaveLength(2);
	});

	test('takes nothing older from what n8n had loaded before another notice was answered', async () => {
		const n8n = new Instance({ parameters });
		const of = (status: string) => ({ workflow_id: 'w', status, actions: [] });
		await n8n.post(of('running'));
		const loadedBefore = n8n.staticData;
		await n8n.post(of('paused'));
		n8n.staticData = loadedBefore;
		await n8n.post(of('paused'));
		expect(n8n.executions).toHaveLength(2);
	});

	test('keeps a bounded number of them beside the workflow, the newest', async () => {
		const n8n = new Instance({ parameters });
		const many = Array.from({ length: 3_000 }, (_, index) => `c${index}`);
		await n8n.post({ workflow_id: 'w', status: 'running', actions: [] });
		await n8n.post(notice(...many));
		await n8n.post({ workflow_id: 'w', status: 'paused', actions: [] });
		const [node] = Object.values(n8n.staticData) as Array<{ seen: IDataObject }>;
		expect(Object.keys(node.seen)).toHaveLength(2_000);
		// A state is kept with what it is, a call with its time alone.
		expect(Object.values(node.seen).at(-1)).toMatch(/^\d+ [0-9a-f]{32}$/);
		expect(JSON.stringify(node).length).toBeLessThan(120_000);
	});
});
