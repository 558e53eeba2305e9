/** Every event arrives, in our shape and in the vendor's, whatever it was recognised as. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { eventNames, sign, startSimulator, type Simulator } from '../../simulator/index.cts';
import { Instance } from './support/trigger.cts';

const example = (name: string): IDataObject =>
	JSON.parse(readFileSync(join(__dirname, '../vendor-examples', name), 'utf8'));

const signed = (notice: IDataObject, key = 'airudder'): IDataObject => ({
	...notice,
	Sign: sign(String(notice.TaskID), key),
});

const CALLS = signed(example('call-completion.webhook.json'));
const SESSION = example('chatbot-session-end.webhook.json');
const PUSH = example('verify-api-node-push.response.json').data as IDataObject;
const LIST = {
	workflow_id: 'w1',
	workflow_name: 'Reminders',
	case_id: 'LOAN-1',
	callee_number: '+12025550123',
	rows: [{ nodetask_id: 'n1', nodetask_name: 'Call', node_type: 'voicebot', task_id: 't1' }],
};
const STATUS = {
	workflow_id: 'w1',
	workflow_name: 'Reminders',
	status: 'finished',
	actions: [
		{
			nodetask_id: 'n1',
			nodetask_name: 'Call',
			node_type: 'voicebot',
			task_id: 't1',
			task_status: 'x',
		},
	],
};
const MESSAGE = {
	workflow_id: 'w1',
	nodetask_id: 'n2',
	waba_task_id: 'waba-1',
	timestamp: 1744699269,
	channel: 'WhatsApp',
	callee: '+12025550123',
	status: 'read',
	brand_new: [1],
};
const DIALER = {
	taskId: 't9',
	taskName: 'Dial',
	groupName: 'Group 1',
	phoneNumber: '+12025550123',
	callid: 'c9',
	nthCall: 2,
	hangupReason: 12,
	customerInfo: { a: '1' },
	timestamp: 1744699269123,
};

const BY_EVENT: Record<string, IDataObject> = {
	apiNodePush: PUSH,
	callCompletion: CALLS,
	callCompletionInfoCheck: signed({
		TaskID: 't1',
		Details: [{ CalleeNumber: '+12025550123', QuestionAnswer: [{ QuestionName: 'Q1' }] }],
	}),
	chatbotSessionEnd: SESSION,
	dialerAgentStatus: { type: 'AgentStatus', body: { ...DIALER, State: 'TALKRESULT' } },
	dialerContactStatus: { type: 'ContactStatus', body: { ...DIALER, state: 'HANGUP' } },
	dialerTaskStatus: { type: 'TaskStatus', body: { taskId: 't9', state: 'Running' } },
	listCompletion: LIST,
	unknown: { hello: 'world', callee: '+12025550123' },
	wabaMessage: MESSAGE,
	workflowStatus: STATUS,
};

const one = async (payload: unknown, parameters = {}) => {
	const n8n = new Instance({ parameters });
	const { status, body } = await n8n.post(payload);
	expect({ status, body }).toEqual({ status: 200, body: {} });
	expect(n8n.items).toHaveLength(1);
	return n8n.items[0];
};

describe.each(Object.entries(BY_EVENT))('%s', (event, payload) => {
	test('is recognised, and simplified without a name that n8n refuses', async () => {
		const item = await one(payload);
		expect(item).toMatchObject({
			event,
			eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
			receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
		});
		const { payload: untouched, ...ours } = item;
		expect(JSON.stringify(ours)).not.toMatch(/"(callee|caller)":/);
		if (event === 'unknown') expect(untouched).toEqual(payload);
	});

	test('comes as it was sent without Simplify', async () => {
		const item = await one(payload, { simplify: false });
		const { callee } = payload;
		expect(item.payload).toEqual(payload);
		expect(item.phoneNumber).toBe(typeof callee === 'string' ? callee : undefined);
		expect(item.contact).toEqual(typeof callee === 'object' ? callee : undefined);
	});

	test('goes on only when it is selected', async () => {
		const alone = new Instance({ parameters: { events: [event] } });
		await alone.post(payload);
		expect(alone.executions).toHaveLength(1);

		const isCall = event.startsWith('callCompletion');
		const others = Object.keys(BY_EVENT).filter(
			(other) => other !== event && !(isCall && other.startsWith('callCompletion')),
		);
		const without = new Instance({ parameters: { events: others } });
		expect(await without.post(payload)).toMatchObject({ status: 200, body: {} });
		expect(without.executions).toHaveLength(0);
	});
});

/** What users' Remove Duplicates nodes have kept: another ID would let a repeat through. */
const EVENT_IDS: Record<string, string> = {
	apiNodePush: '994747ac222c584bdf12f9607d2de406',
	callCompletion: '99dfa5ce3c09613ccacee73c8cbe28e9',
	callCompletionInfoCheck: 'ac39d9e646dc9e25f535065b639bf84d',
	chatbotSessionEnd: '3769f1989d07aa58c08196ecf2e2ddbc',
	dialerAgentStatus: '16315cc852fb5ec4bf0fa5dcde8470e8',
	dialerContactStatus: 'f19022bbd6ae0a2729696229b1cd4549',
	dialerTaskStatus: 'ae02662f428a5a7f9b2009acdbfb8567',
	listCompletion: '68366c285bc5226166ecdebb08a6cb2c',
	unknown: '27e354ea73f37cb1c246cfdea3dd7532',
	wabaMessage: '3280ef7656c3e740902ae4a688f5e393',
	workflowStatus: 'ba74f436fb9a66bb0db9b3fb8b36c9c5',
};

test('every event has the ID that it has always had', async () => {
	const ids = Object.entries(BY_EVENT).map(async ([event, payload]) => [
		event,
		(await one(payload)).eventId,
	]);
	expect(Object.fromEntries(await Promise.all(ids))).toEqual(EVENT_IDS);
});

test('calls without a name of their own, and unequal ones with the same name, keep their IDs', async () => {
	const n8n = new Instance();
	const twin = { CallID: 'c1', CalleeNumber: '+12025550123', Status: 'finished', CallTimes: 1 };
	await n8n.post(
		signed({ TaskID: 't1', Details: [twin, { ...twin, RingTime: 9 }, { note: 'x' }, null] }),
	);
	expect(n8n.items.map(({ eventId }) => eventId)).toEqual([
		'e6d94a76461e3687c5fd21d5e88a14cd',
		'24d9507d0b0d72ebd0caf15d6c2fc893',
		'ff679d25c066fe48568752c40d159403',
		'd4b125fbd820f5647b004e22c99656a6',
	]);
});

test.each(['callCompletion', 'callCompletionInfoCheck'])(
	'a call notice goes on whichever call event is selected: %s',
	async (selected) => {
		for (const event of ['callCompletion', 'callCompletionInfoCheck']) {
			expect(await one(BY_EVENT[event], { events: [selected] })).toHaveProperty('event', event);
		}
	},
);

test('an expression may select one event without a list', async () => {
	const n8n = new Instance({ parameters: { events: '={{ "callCompletion" }}' } });
	await n8n.post(CALLS);
	await n8n.post(LIST);
	expect(n8n.items.map(({ event }) => event)).toEqual(['callCompletion']);
});

test.each(['={{ $json.gone }}', '={{ [] }}', '={{ "callCompletion, unknown" }}'])(
	'an expression that selects no event drops no notice: %s',
	async (events) => {
		const n8n = new Instance({ parameters: { events } });
		await expect(n8n.post(CALLS)).rejects.toThrow(/^'Trigger On' selects no event/);
	},
);

test('the examples of the vendor fit what we take for documented', async () => {
	for (const event of ['callCompletion', 'chatbotSessionEnd', 'apiNodePush']) {
		expect(await one(BY_EVENT[event])).not.toHaveProperty('problems');
	}
});

test('identifiers stand at the same place, whatever the event', async () => {
	expect(await one(CALLS)).toMatchObject({
		workflowId: '16e0660e6cxxxxxxxxxxxxxxxx0abfe0e191',
		nodeTaskId: '4d308b4ed6xxxxxxxxed6a76e15d',
		taskId: '490d5ec3c1xxxxxxxx2b759b5b',
		callId: 'cad907xxxxxxxx35644a',
		caseId: '7777777.0',
		phoneNumber: '+86xxxxxxxx721',
	});
	expect(await one(SESSION)).toMatchObject({
		workflowId: '4cb9db206ac04xxxxxxxxa315e4e613d2',
		nodeTaskId: '8fb437c7cxxxxxxxx43b35b09b5a3',
		taskId: '602ff2fc65exxxxxxxxb89b4ee9736e',
		callId: 'a3f5c12ac59xxxxxxxxad71fe6a8ea3e',
		phoneNumber: '+6289xxxxxxxx89092',
		occurredAt: '2025-04-15T06:41:09.000Z',
		startedAt: '2025-04-15T06:41:00.000Z',
		endedAt: '2025-04-15T06:41:09.000Z',
		otherFields: {},
	});
	expect(await one(PUSH)).toMatchObject({
		workflowId: 'b761cdd784294xxxxxx869f85c',
		caseId: '123456.0',
		phoneNumber: '+861xxxxxx721',
	});
	expect(await one(LIST)).toMatchObject({
		workflowId: 'w1',
		caseId: 'LOAN-1',
		phoneNumber: '+12025550123',
		nodeTasks: [{ nodeTaskId: 'n1', taskId: 't1' }],
	});
	expect(await one(STATUS)).toMatchObject({
		workflowId: 'w1',
		status: 'finished',
		nodeTasks: [{ nodeTaskId: 'n1', status: 'x' }],
	});
	expect(await one(MESSAGE)).toMatchObject({
		taskId: 'waba-1',
		phoneNumber: '+12025550123',
		status: 'read',
		otherFields: { brand_new: [1] },
	});
	expect(await one(BY_EVENT.dialerAgentStatus)).toMatchObject({
		taskId: 't9',
		callId: 'c9',
		phoneNumber: '+12025550123',
		status: 'TALKRESULT',
		hangupCode: 12,
		hangupReason: 'Talked',
		dialCount: 2,
		occurredAt: '2025-04-15T06:41:09.123Z',
	});
});

test('the chat of a session reads from top to bottom', async () => {
	const { messages } = await one(SESSION);
	expect(messages).toMatchObject([
		{ sender: 'system', type: 'system', text: null },
		{ sender: 'chatbot', type: 'template', text: expect.stringMatching(/^Hi, tom/) },
		{ sender: 'user', type: 'button', text: 'no', replyTo: { msg_id: expect.any(String) } },
	]);
});

test('everything the simulator can send arrives as what it is', async () => {
	const simulator: Simulator = await startSimulator();
	try {
		const n8n = new Instance();
		for (const event of eventNames) {
			// The simulator posts to a URL that nobody listens at: only what it would send matters here.
			const [{ body }] = await simulator.fire(event, {}, 'http://127.0.0.1:9/', { calls: 3 });
			const { items } = await n8n.post(body);
			const isCall = event.startsWith('callCompletion');
			expect(items.map(({ json }) => json.event)).toEqual(Array(isCall ? 3 : 1).fill(event));
			expect(items.map(({ json }) => json.problems)).toEqual(items.map(() => undefined));
		}
	} finally {
		await simulator.close();
	}
});

describe('several calls in one notice', () => {
	const aggregate = signed({
		...CALLS,
		Details: ['+1', '+2', '+3'].map((CalleeNumber) => ({
			CalleeNumber,
			CallID: `c${CalleeNumber}`,
		})),
	});

	test('are one item each', async () => {
		const n8n = new Instance();
		await n8n.post(aggregate);
		expect(n8n.executions).toHaveLength(1);
		expect(n8n.items.map(({ phoneNumber }) => phoneNumber)).toEqual(['+1', '+2', '+3']);
		expect(new Set(n8n.items.map(({ eventId }) => eventId)).size).toBe(3);
	});

	test('are one item with a list on request', async () => {
		const item = await one(aggregate, { options: { oneItemPerNotice: true } });
		expect(item).toMatchObject({
			event: 'callCompletion',
			taskId: CALLS.TaskID,
			calls: [{ phoneNumber: '+1' }, { phoneNumber: '+2' }, { phoneNumber: '+3' }],
		});
	});

	test('are one item in the vendor’s shape', async () => {
		expect((await one(aggregate, { simplify: false })).payload).toEqual(aggregate);
	});
});

test('what does not fit is named without its value, and kept', async () => {
	const n8n = new Instance();
	await n8n.post(
		signed({
			...CALLS,
			TaskName: ['secret'],
			region: 'ID',
			Details: [
				{ CalleeNumber: '+1', CallTimes: 'secret', CallStartTime: 17, note: 'kept' },
				'secret',
				null,
				{ CallID: 'c4', CalleeNumber: { secret: 1 } },
			],
		}),
	);
	expect(n8n.items.map(({ problems }) => problems)).toEqual([
		[
			"'TaskName' is a list instead of text",
			"'Details.0.CallStartTime' is a number instead of text",
			"'Details.0.CallTimes' is text instead of a number",
		],
		["'TaskName' is a list instead of text", "'Details.1' is text instead of an object"],
		["'TaskName' is a list instead of text", "'Details.2' is empty instead of an object"],
		[
			"'TaskName' is a list instead of text",
			"'Details.3.CalleeNumber' is an object instead of text",
		],
	]);
	expect(n8n.items.map(({ otherFields }) => otherFields)).toEqual([
		{ TaskName: ['secret'], region: 'ID', CallTimes: 'secret', CallStartTime: 17, note: 'kept' },
		{ TaskName: ['secret'], region: 'ID', entry: 'secret' },
		{ TaskName: ['secret'], region: 'ID', entry: null },
		{ TaskName: ['secret'], region: 'ID', CalleeNumber: { secret: 1 } },
	]);
	expect(JSON.stringify(n8n.items.map(({ problems }) => problems))).not.toContain('secret');
});

test('of a name that a notice has beside a call, too, both values are kept', async () => {
	const Details = [
		{ CallID: 'c1', CalleeNumber: '+1', id: 8, region: 'PH', region_: 'x', note: 'same' },
	];
	const calls = await one(signed({ ...CALLS, id: 7, region: 'ID', note: 'same', Details }));
	expect(calls.otherFields).toEqual({
		...{ id: 8, region: 'PH', region_: 'x', note: 'same' },
		...{ id_: 7, region__: 'ID' },
	});
	const own = { CallID: 'c1', CalleeNumber: '+1', note: 1, note_: 2 };
	const both = await one(signed({ ...CALLS, note: 3, note_: 4, Details: [own] }));
	expect(both.otherFields).toMatchObject({ note: 1, note_: 2, note__: 3, note___: 4 });
	const unreadable = await one(signed({ ...CALLS, entry: 'beside', Details: ['text'] }));
	expect(unreadable.otherFields).toEqual({ entry: 'text', entry_: 'beside' });
	const body = { ...DIALER, state: 'HANGUP', source: 'PDS' };
	const dialer = await one({ type: 'ContactStatus', source: 'gateway', body });
	expect(dialer.otherFields).toEqual({ source: 'PDS', source_: 'gateway' });
});

describe.each([[[]], [null], ['text']])('Details %j', (Details) => {
	const notice = signed({ ...CALLS, Details });

	test('still arrive', async () => {
		const item = await one(notice);
		expect(item).toMatchObject({ event: 'callCompletion', taskId: CALLS.TaskID });
		expect(item.problems).toHaveLength(1);
		expect(item.otherFields).toEqual(Array.isArray(Details) ? {} : { Details });
	});

	test('are no call', async () => {
		const item = await one(notice, { options: { oneItemPerNotice: true } });
		expect(item).toMatchObject({ event: 'callCompletion', taskId: CALLS.TaskID, calls: [] });
		expect(item.problems).toHaveLength(1);
		expect(item.otherFields).toEqual(Array.isArray(Details) ? {} : { Details });
	});
});

describe('Details that are one call instead of a list', () => {
	const Details = { CallID: 'a', QuestionAnswer: [{ QuestionName: 'Q1' }], note: 'kept' };
	const notice = signed({ ...CALLS, Details });

	test('are that call', async () => {
		expect(await one(notice)).toMatchObject({
			...{ event: 'callCompletionInfoCheck', taskId: CALLS.TaskID, callId: 'a' },
			otherFields: { note: 'kept' },
			problems: ["'Details' is an object instead of a list", "'Details.CalleeNumber' is missing"],
		});
		expect(await one(notice, { options: { oneItemPerNotice: true } })).toMatchObject({
			...{ calls: [{ callId: 'a' }], otherFields: {} },
		});
	});

	test('come as they were sent without Simplify', async () => {
		expect((await one(notice, { simplify: false })).payload).toEqual(notice);
	});
});

describe('recognised although a field is empty, missing, or of another type', () => {
	const { case_id: _, ...withoutCase } = LIST;

	test.each<[string, string, IDataObject]>([
		['no actions', 'workflowStatus', { ...STATUS, actions: null }],
		['actions as text', 'workflowStatus', { ...STATUS, actions: '[]' }],
		['an empty callee', 'workflowStatus', { ...STATUS, callee: null, callee_number: '' }],
		['no rows', 'listCompletion', { ...LIST, rows: null }],
		['no case ID', 'listCompletion', withoutCase],
		['a number as a number', 'listCompletion', { ...LIST, callee_number: 12025550123 }],
	])('%s: %s', async (_name, event, payload) => {
		expect(await one(payload, { events: [event] })).toHaveProperty('event', event);
	});

	test('no contact is taken for a workflow task, and no list for a contact', async () => {
		expect(await one({ ...STATUS, callee: '+12025550123' })).toHaveProperty('event', 'unknown');
		expect(await one({ ...LIST, callee_number: '' })).toHaveProperty('event', 'unknown');
	});
});

test('names that n8n refuses are replaced at any depth of a record, never in a payload', async () => {
	const item = await one({
		...MESSAGE,
		callee: { odd: 1 },
		extra: { callee: 'x', list: [{ caller: 'y', callerData: 'z' }] },
	});
	expect(item.otherFields).toMatchObject({
		calleeData: { odd: 1 },
		extra: { calleeData: 'x', list: [{ callerData_: 'y', callerData: 'z' }] },
	});
});

test('signature and headers are handed on', async () => {
	const headers = { 'x-airudder-sign': 'abc' };
	for (const simplify of [true, false]) {
		const n8n = new Instance({ parameters: { simplify, options: { includeHeaders: true } } });
		await n8n.post(SESSION, { headers });
		await n8n.post(LIST, { headers });
		expect(n8n.items[0]).toMatchObject({ signature: 'abc', headers });
		expect(n8n.items[1]).not.toHaveProperty('signature');
	}
	expect(await one(SESSION)).toHaveProperty('signature', null);
	expect(await one(SESSION)).not.toHaveProperty('headers');
});

describe('whatever arrives is answered and handed on', () => {
	test.each<[string, string, string, unknown]>([
		['JSON as text', JSON.stringify(STATUS), 'text/plain', STATUS],
		['JSON as a form', JSON.stringify(STATUS), 'application/x-www-form-urlencoded', STATUS],
		['JSON as bytes', JSON.stringify(STATUS), 'application/octet-stream', STATUS],
		['JSON without a type', JSON.stringify(STATUS), '', STATUS],
	])('%s', async (_, raw, type, payload) => {
		const n8n = new Instance({ parameters: { simplify: false } });
		await n8n.post(null, { raw, headers: { 'content-type': type } });
		expect(n8n.items[0]).toMatchObject({ event: 'workflowStatus', payload });
	});

	test.each<[string, string, string, unknown]>([
		['an empty body', '', 'application/json', {}],
		['a list', '[1,2]', 'application/json', [1, 2]],
		['null', 'null', 'application/json', null],
		['a number', '5', 'application/json', 5],
		['text', 'hello', 'text/plain', 'hello'],
		['a form', 'a=1&b=2', 'application/x-www-form-urlencoded', { a: '1', b: '2' }],
		['unknown bytes', 'hello', 'application/octet-stream', 'hello'],
	])('%s', async (_, raw, type, payload) => {
		const n8n = new Instance();
		const answer = await n8n.post(null, { raw, headers: { 'content-type': type } });
		expect(answer.status).toBe(200);
		expect(n8n.items[0].event).toBe('unknown');
		expect(JSON.stringify(n8n.items[0].payload)).toBe(JSON.stringify(payload));
	});

	test('a body of bytes that breaks off is refused, so that it comes again', async () => {
		const n8n = new Instance();
		const headers = { 'content-type': 'application/octet-stream' };
		const answer = await n8n.post(STATUS, { headers, brokenOff: true });
		expect(answer.status).toBe(400);
		expect(n8n.executions).toEqual([]);
	});

	test('invalid UTF-8', async () => {
		const n8n = new Instance();
		const raw = Buffer.concat([
			Buffer.from('{"a":"'),
			Buffer.from([0xff, 0xc0]),
			Buffer.from('"}'),
		]);
		expect((await n8n.post(null, { raw })).status).toBe(200);
		expect(n8n.items[0].payload).toEqual({ a: '\uFFFD\uFFFD' });
	});

	test('duplicate, inherited and refused names', async () => {
		const n8n = new Instance();
		const call =
			'{"CalleeNumber":"+1","CallID":"c1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"CallID":"c2"}';
		const raw = `{"TaskID":"t","Sign":"${sign('t', 'airudder')}","hasOwnProperty":1,"toString":"x","Details":[${call}]}`;
		expect((await n8n.post(null, { raw })).status).toBe(200);
		expect(n8n.items[0]).toMatchObject({ callId: 'c2', phoneNumber: '+1' });
		expect(Object.keys(n8n.items[0].otherFields as object)).toEqual(
			expect.arrayContaining(['__proto__', 'constructor', 'hasOwnProperty', 'toString']),
		);
		expect(({} as IDataObject).polluted).toBeUndefined();
	});

	test('100,000 levels, as text', async () => {
		const n8n = new Instance();
		const raw = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		expect((await n8n.post(null, { raw })).status).toBe(200);
		expect(n8n.items[0]).toMatchObject({ event: 'unknown', payload: raw });
		expect(n8n.items[0].problems).toEqual([expect.stringMatching(/levels deep/)]);
	});

	test('400,000 objects, as text', async () => {
		const n8n = new Instance();
		const raw = `{"messages":[${'{},'.repeat(400_000)}{}]}`;
		expect((await n8n.post(null, { raw })).status).toBe(200);
		expect(n8n.items[0]).toMatchObject({ event: 'unknown', payload: raw });
		expect(n8n.items[0].problems).toEqual([expect.stringMatching(/more than 300000 lists/)]);
	});

	test('of which nobody can tell the event, are refused where not every event is wanted', async () => {
		const n8n = new Instance({ parameters: { events: ['callCompletion'] } });
		const raw = `${'['.repeat(300)}${']'.repeat(300)}`;
		expect((await n8n.post(null, { raw })).status).toBe(400);
		expect(n8n.items).toEqual([]);
	});

	test('a million fields of another type, of which it names twenty', async () => {
		const n8n = new Instance();
		const messages = Array.from({ length: 1_000_000 }, () => 1);
		await n8n.post({ waba_task_id: 'w', session_end_time: 'x', messages });
		const problems = n8n.items[0].problems as string[];
		expect(problems).toHaveLength(21);
		expect(problems[20]).toBe('999980 more fields are not as documented');
	});

	test('5 MB', async () => {
		const n8n = new Instance();
		const Details = Array.from({ length: 5_000 }, (_, id) => ({
			CalleeNumber: `+${id}`,
			CallID: `c${id}`,
			Comments: 'x'.repeat(1_000),
		}));
		await n8n.post(signed({ ...CALLS, Details }));
		expect(n8n.items).toHaveLength(5_000);
	});
});
