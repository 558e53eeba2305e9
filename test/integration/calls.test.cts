import verifyPushRequest from '../vendor-examples/verify-api-node-push.request.json';
import verifyPushAnswer from '../vendor-examples/verify-api-node-push.response.json';
import { given, ok, refusal, whenAnswered } from './support/answered.cts';
import { byId, dialled } from './support/dialled.cts';
import { expectDocumented } from './support/documented.cts';
import { execute, failure } from './support/n8n.cts';
import { simulated } from './support/simulated.cts';
import { vendor } from './support/vendor.cts';

const world = simulated();

const GET = { resource: 'call', operation: 'get' };
const BY_CONTACT = { resource: 'call', operation: 'getByContact' };

describe('Get', () => {
	test('gives the call of an ID with its recording', async () => {
		const { answered, workflowId, taskId } = await dialled(world);

		const items = await execute({ ...GET, callId: answered.callId }, world.credential);

		expect(world.requestsOf('call:get')).toMatchObject([
			{ method: 'GET', query: { callid: answered.callId } },
		]);
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({
			callId: answered.callId,
			workflowId,
			taskId,
			phoneNumber: answered.phone,
			caseId: answered.caseId,
			answered: true,
			recordingUrl: expect.stringContaining(`${answered.callId}.wav`),
			otherFields: { id: expect.any(Number) },
		});
		expectDocumented(GET, items);
	});

	test('with Simplify off hands on the answer as it came', async () => {
		const { answered } = await dialled(world);

		const [{ json }] = await execute(
			{ ...GET, callId: answered.callId, simplify: false },
			world.credential,
		);

		expect(json).toEqual({
			response: {
				status: 'OK',
				code: 200,
				data: expect.objectContaining({ CallID: answered.callId }),
			},
		});
	});

	test('says which ID AI Rudder does not know', async () => {
		world.simulator.faults.add({ operation: 'call:get', kind: 'empty-data' });

		const error = await failure({ ...GET, callId: 'nobody' }, world.credential);

		expect(error.message).toBe("AI Rudder gave no call for the ID 'nobody'");
		expect(error.description).toMatch(/'callId' of a call/);
	});
});

describe('the form of the answer is not known, so each of these is understood', () => {
	const row = { ...verifyPushAnswer.data.call, recording_url: 'https://files.example/a.wav' };
	const forms: Array<[string, unknown]> = [
		['the call itself', row],
		['a list of calls', [row]],
		['a list inside an object', { total: 1, list: [row] }],
		['a call inside an object', { call_info: row }],
		['a list one level deeper', { page: 1, result: { rows: [row] } }],
	];

	test.each(forms)('%s', async (_form, data) => {
		const answers = await vendor({ data, status: 'OK', code: 200 });
		try {
			const items = await execute({ ...GET, callId: row.call_id }, answers.credential);

			expect(items[0].json).toMatchObject({
				callId: row.call_id,
				phoneNumber: row.callee_number,
				recordingUrl: 'https://files.example/a.wav',
				intention: 'E',
				talkSeconds: 26,
			});
		} finally {
			await answers.close();
		}
	});
});

/** What the node remarks when AI Rudder answers `data`. */
const remarks = (parameters: Parameters<typeof execute>[0], data: unknown) =>
	whenAnswered(data, async (credential) => {
		const hints: string[] = [];
		await execute(parameters, credential, { hints });
		return hints;
	});

describe('Get takes no other call for the one it was asked for', () => {
	const [c1, c2] = [
		{ CallID: 'c1', Intention: 'A' },
		{ CallID: 'c2', Intention: 'B' },
	];

	test.each([
		['a list', [c1, c2]],
		['lists of several tasks', { t1: [c1], t2: [c2] }],
		['a list of tasks', [{ task_id: 't1', calls: [c1, c2] }]],
	])('%s: the one with its ID', async (_form, data) => {
		expect(await given({ ...GET, callId: 'c2' }, data)).toEqual([
			expect.objectContaining({ callId: 'c2', intention: 'B' }),
		]);
	});

	test.each([
		['one call with another ID', c1],
		['a list of other calls', [c1, { CallID: 'c3' }]],
		['several without an ID', [{ Intention: 'A' }, { Intention: 'B' }]],
	])('%s is not it', async (_form, data) => {
		const error = await refusal({ ...GET, callId: 'c2' }, data);

		expect(error.message).toBe("AI Rudder gave no call for the ID 'c2'");
		expect(error.description).toMatch(/answered with other calls.*'Additional Parameters'/);
	});

	test('a total of 0 is none', async () => {
		const error = await refusal({ ...GET, callId: 'c2' }, { total: 0 });

		expect(error.message).toBe("AI Rudder gave no call for the ID 'c2'");
	});

	test('one call without an ID is', async () => {
		const data = { Intention: 'A', CallStartTime: '2026-01-01T00:00:00Z' };

		expect(await given({ ...GET, callId: 'c2' }, data)).toEqual([
			expect.objectContaining({ callId: 'c2', intention: 'A' }),
		]);
	});

	test('what stands beside the call is its own, but for the status', async () => {
		const data = {
			call_info: { Intention: 'A' },
			recording_link: 'https://files.example/a.wav',
			task_id: 't1',
			status: 'success',
		};

		expect(await given({ ...GET, callId: 'c2' }, data)).toEqual([
			expect.objectContaining({
				callId: 'c2',
				intention: 'A',
				recordingUrl: 'https://files.example/a.wav',
				taskId: 't1',
				status: null,
			}),
		]);
	});
});

describe('Get by Contact loses no call, whatever holds them', () => {
	const BY_CASE = { ...BY_CONTACT, workflowId: byId('w1'), caseId: 'LOAN-1' };
	const call = (CallID: string, more = {}) => ({ CallID, Intention: 'A', ...more });
	const forms: Array<[string, unknown, object[]]> = [
		['a list a task', { t1: [call('c1')], t2: [call('c2')] }, [{ callId: 'c1' }, { callId: 'c2' }]],
		[
			'a list of tasks',
			[
				{ task_id: 't1', Status: 'finished', calls: [call('c1'), call('c2')] },
				{ task_id: 't2', calls: [call('c3', { Status: 'pending' })] },
				{ task_id: 't3', calls: [] },
			],
			[
				{ callId: 'c1', taskId: 't1', status: null },
				{ callId: 'c2', taskId: 't1', status: null },
				{ callId: 'c3', taskId: 't2', status: 'pending' },
			],
		],
		[
			'a list beside what it is of',
			{ task_id: 't1', status: 'running', list: [call('c1')] },
			[{ callId: 'c1', taskId: 't1', status: null }],
		],
		[
			'a list beside one of another kind',
			{ errors: [{ code: 1 }], calls: [call('c1')] },
			[{ callId: 'c1' }],
		],
		[
			'a call in two parts',
			{ call_info: call('c1'), recording: { CallID: 'c1', recording_link: 'https://f.example/a' } },
			[{ callId: 'c1', intention: 'A', recordingUrl: 'https://f.example/a' }],
		],
		[
			'contacts that were not dialled yet',
			[call('c1'), { CalleeNumber: '+12025550123', Status: 'created', AsrResult: [] }],
			[{ callId: 'c1' }, { callId: null, status: 'created' }],
		],
		[
			'a call without an ID that was redialled',
			[{ CalleeNumber: '+12025550123', RedailCall: [{ CallID: 'r1' }] }],
			[{ callId: null, redials: [{ callId: 'r1' }] }],
		],
	];

	test.each(forms)('%s', async (_form, data, calls) => {
		const items = await given(BY_CASE, data);

		expect(items).toHaveLength(calls.length);
		expect(items).toMatchObject(calls);
	});

	test.each([
		{ total: 0, page: 1 },
		{ call_id: '', recording_link: '' },
		{ list: [] },
		{ workflow_id: 'w1', workflow_name: 'Reminders', case_id: 'LOAN-1', list: [] },
		{ TaskID: 't1', Status: 'running', detail: [] },
	])('%j is no call', async (data) => {
		expect(await given(BY_CASE, data)).toEqual([]);
	});

	test('a list of links alone is not taken for nothing', async () => {
		const data = ['https://files.example/1.wav'];

		const error = await refusal(BY_CASE, data);
		const raw = await given({ ...BY_CASE, simplify: false }, data);

		expect(error.message).toMatch(/^AI Rudder's answer could not be read: .* no call /);
		expect(raw).toEqual([{ response: ok(data) }]);
	});

	test.each([
		[3, [expect.stringMatching(/reports 2 more results than it gave for item 0/)]],
		[1, []],
	])('with a total of %i it says how many more there are', async (total, hints) => {
		expect(await remarks(BY_CASE, { total, list: [call('c1')] })).toEqual(hints);
	});

	test('a blank for a phone number is none, beside a case ID', async () => {
		expect(await given({ ...BY_CASE, phoneNumber: ' ' }, [call('c1')])).toHaveLength(1);
	});
});

describe('Get by Contact', () => {
	test.each([
		['phone number in a workflow task', 'workflowTask', 'phoneNumber'],
		['case ID in a workflow task', 'workflowTask', 'caseId'],
		['phone number in an outbound task', 'outboundTask', 'phoneNumber'],
		['case ID in an outbound task', 'outboundTask', 'caseId'],
	])('finds the calls by %s', async (_name, searchIn, key) => {
		const { answered, workflowId, taskId } = await dialled(world);
		const wanted = key === 'caseId' ? answered.caseId : answered.phone;

		const items = await execute(
			{
				...BY_CONTACT,
				searchIn,
				workflowId: byId(workflowId),
				taskId: byId(taskId),
				[key]: wanted,
			},
			world.credential,
		);

		expect(world.requestsOf('call:getByContact').map(({ query }) => query)).toEqual([
			{
				...(searchIn === 'outboundTask' ? { taskid: taskId } : { workflow_id: workflowId }),
				...(key === 'caseId' ? { caseid: wanted } : { callee: wanted }),
			},
		]);
		expect(items.map(({ json }) => json.callId)).toEqual([answered.callId]);
		expectDocumented(BY_CONTACT, items);
	});

	test('asks for at least one of phone number and case ID, before anything is sent', async () => {
		const error = await failure(
			{ ...BY_CONTACT, searchIn: 'workflowTask', workflowId: byId('w1') },
			world.credential,
		);

		expect(error.message).toBe("'Phone Number' and 'Case ID' are both empty");
		expect(world.simulator.requests).toHaveLength(0);
	});

	test.each(['empty-data', 'html', 'body-unknown'] as const)(
		'%s is no empty list',
		async (kind) => {
			world.simulator.faults.add({ operation: 'call:getByContact', kind });

			const error = await failure(
				{ ...BY_CONTACT, workflowId: byId('w1'), caseId: 'LOAN-1' },
				world.credential,
			);

			expect(error.message).toMatch(/came without data|web page came back|not documented/);
		},
	);

	test('a date as case ID is asked for in the form in which it goes up', async () => {
		const { workflowId } = await dialled(world, { contacts: 1 });
		const fields = { ...BY_CONTACT, workflowId: byId(workflowId), caseId: '={{ $json.due }}' };
		const items = [{ due: new Date('2026-03-02') }] as never;

		await execute(fields, world.credential, { items });

		expect(world.requestsOf('call:getByContact')[0].query).toMatchObject({
			caseid: '2026-03-02T00:00:00.000Z',
		});
	});

	test('a case ID that is no text is refused', async () => {
		const fields = { ...BY_CONTACT, workflowId: byId('w1'), caseId: '={{ $json.nested }}' };
		const items = [{ nested: { a: 1 } }] as never;

		const { message } = await failure(fields, world.credential, { items });

		expect(message).toBe("'Case ID' is not text or a number");
		expect(world.simulator.requests).toHaveLength(0);
	});

	test('a contact that was not called gives no item', async () => {
		const { workflowId } = await dialled(world, { contacts: 1 });

		const items = await execute(
			{ ...BY_CONTACT, workflowId: byId(workflowId), caseId: 'nobody' },
			world.credential,
		);

		expect(items).toEqual([]);
	});
});

test('a call whose contact came as an object keeps it under a name that expressions can reach', async () => {
	const callee = { number: '+12025550123' };
	const answers = await vendor({ data: { CallID: 'c1', callee }, status: 'OK', code: 200 });
	try {
		const [{ json }] = await execute({ ...GET, callId: 'c1' }, answers.credential);

		expect(json.otherFields).toEqual({ calleeData: callee });
	} finally {
		await answers.close();
	}
});

test('Info Check calls carry their questions and answers', async () => {
	const { taskId } = await dialled(world, { templateId: '1002' });

	const items = await execute(
		{
			resource: 'outboundTask',
			operation: 'getCallsInfoCheck',
			taskId: byId(taskId),
			returnAll: true,
		},
		world.credential,
	);

	for (const { json } of items) {
		const questions = json.answered ? [expect.objectContaining({ QuestionName: 'Q1' })] : [];
		expect(json.questionAnswers).toEqual(questions);
	}
	expect(items.some(({ json }) => json.answered)).toBe(true);
});

test.each([{}, { callee: {} }, { workflow_id: '', callee: { callee_number: '', case_id: '' } }])(
	'%j confirms no push',
	async (data) => {
		const error = await refusal(
			{
				resource: 'customApiNode',
				operation: 'verifyPush',
				workflowId: byId('w1'),
				nodeId: 'n1',
				phoneNumber: '+12025550123',
			},
			data,
		);

		expect(error.message).toBe("AI Rudder's answer came without 'callee'");
	},
);

test("the vendor's example of a request for a push check goes out as it stands there", async () => {
	const { workflow_id: workflowId, callee, node_id: nodeId, case_id: caseId } = verifyPushRequest;
	const parameters = { resource: 'customApiNode', operation: 'verifyPush', nodeId };

	await failure(
		{ ...parameters, workflowId: byId(workflowId), phoneNumber: callee, caseId },
		world.credential,
	);

	expect(world.requestsOf('customApiNode:verifyPush')).toMatchObject([
		{ method: 'POST', path: '/service/cloud/workflow/apinoticeinfo' },
	]);
	expect(world.requestsOf('customApiNode:verifyPush')[0].body).toEqual(verifyPushRequest);
});

test("the vendor's example of a push check, simplified and raw", async () => {
	const { data } = verifyPushAnswer;
	const parameters = {
		resource: 'customApiNode',
		operation: 'verifyPush',
		workflowId: byId(data.workflow_id),
		nodeId: data.node_id,
		phoneNumber: '+12025550123',
	};
	const answers = await vendor(verifyPushAnswer);
	try {
		const items = await execute(parameters, answers.credential);
		const [raw] = await execute({ ...parameters, simplify: false }, answers.credential);

		expect(items[0].json).toMatchObject({
			workflowId: data.workflow_id,
			nodeName: 'API1',
			phoneNumber: data.callee.callee_number,
			customAttributes: { a: '1', b: '2' },
			call: {
				callId: data.call.call_id,
				answered: true,
				questionAnswers: data.call.question_answer,
			},
		});
		expectDocumented({ resource: 'customApiNode', operation: 'verifyPush' }, items);
		expect(raw.json.response).toEqual(verifyPushAnswer);
	} finally {
		await answers.close();
	}
});

test('Find, as it comes, finds what was taken a moment ago by a clock that is ahead of ours', async () => {
	const { workflow, workflowId } = await dialled(world, { contacts: 1 });
	const [contact] = workflow.contacts;
	contact.acceptedAt = new Date(Date.now() + 300_000);

	const items = await execute(
		{ resource: 'workflowTask', operation: 'find', phoneNumber: contact.callee },
		world.credential,
	);

	expect(items.map(({ json }) => json.workflowId)).toEqual([workflowId]);
});

describe('the times of Find', () => {
	const FIND = { resource: 'workflowTask', operation: 'find', caseId: 'LOAN-1' };

	test("go out in the workflow's time zone, with its offset", async () => {
		const startTime = '2026-01-01T00:00:00';
		const endTime = '2026-01-31T18:00:00Z';

		await execute({ ...FIND, startTime, endTime }, world.credential);

		expect(world.requestsOf('workflowTask:find')[0].body).toEqual({
			start_time: '2026-01-01 00:00:00+07:00',
			end_time: '2026-02-01 01:00:00+07:00',
			case_id: 'LOAN-1',
		});
	});

	test('are refused in the wrong order, in whatever zones they are', async () => {
		const startTime = '2026-01-01T08:00:00';
		const endTime = '2026-01-01T02:00:00+02:00';

		const error = await failure({ ...FIND, startTime, endTime }, world.credential);

		expect(error.message).toBe("'End Time' is before 'Start Time'");
		expect(world.simulator.requests).toHaveLength(0);
	});
});

describe('Find understands each of these', () => {
	const FIND = {
		resource: 'workflowTask',
		operation: 'find',
		caseId: 'LOAN-1',
		startTime: '2026-01-01T00:00:00',
		endTime: '2026-02-01T00:00:00',
	};
	const row = { workflow_id: 'w1', callee: '+12025550123', case_id: 'LOAN-1' };
	const forms: Array<[string, unknown]> = [
		['a list of tasks', [row]],
		['a list inside an object', { list: [row] }],
		['one task', row],
		['a list of tasks with an ID', [{ ...row, workflow_id: undefined, id: 'w1' }]],
		['an ID in another spelling', { list: [{ ...row, workflow_id: undefined, workflowId: 'w1' }] }],
	];

	test.each(forms)('%s', async (_form, data) => {
		const answers = await vendor({ data, status: 'OK', code: 200 });
		try {
			const items = await execute(FIND, answers.credential);

			expect(items[0].json).toMatchObject({
				workflowId: 'w1',
				phoneNumber: '+12025550123',
				caseId: 'LOAN-1',
				otherFields: {},
			});
			expectDocumented(FIND, items);
		} finally {
			await answers.close();
		}
	});

	test('a contact as an object, under a name that expressions can reach', async () => {
		const callee = { callee_number: '+12025550123' };
		const data = [{ workflow_id: 'w1', callee, caller: '+12025550100' }];
		const answers = await vendor({ data, status: 'OK', code: 200 });
		try {
			const [{ json }] = await execute(FIND, answers.credential);

			expect(json.otherFields).toEqual({ calleeData: callee, callerData: '+12025550100' });
		} finally {
			await answers.close();
		}
	});

	test.each<[string, unknown]>([
		['bare IDs', { workflow_id: ['w1', 'w2'] }],
		['rows around the tasks', [{ id: 7, tasks: [{ workflow_id: 'w1' }, { workflow_id: 'w2' }] }]],
		['rows with more than an ID', [{ id: 'w1', tags: ['new'] }, { id: 'w2' }]],
	])('%s', async (_form, data) => {
		const tasks = await given(FIND, data);

		expect(tasks.map(({ workflowId }) => workflowId)).toEqual(['w1', 'w2']);
	});

	test('a total of more tasks with a remark', async () => {
		expect(await remarks(FIND, { total: 2, list: [{ workflow_id: 'w1' }] })).toEqual([
			expect.stringMatching(/reports 1 more results than it gave for item 0/),
		]);
	});

	test.each<[string, unknown]>([
		['an empty list', []],
		['an empty list inside an object', { result: { list: [], page: 1, size: 20 } }],
		['a total of 0', { total: 0, page: 1, list: null }],
		['an empty ID', { workflow_id: '' }],
		['what was asked for, beside an empty list', { case_id: 'LOAN-1', list: [] }],
	])('%s as nothing', async (_form, data) => {
		expect(await given(FIND, data)).toEqual([]);
	});

	test.each<[string, unknown]>([
		['rows without an ID that is known', [{ instance: 'w1' }]],
		['the same with an empty list in them', { list: [{ instance: 'w1', tags: [] }] }],
		['IDs in one text', { workflow_ids: 'w1,w2' }],
		['one task without an ID that is known', { instance: 'w1', tags: [], end_time: null }],
		['no more than a total', { total: 3 }],
		['words', { message: 'found in two tasks' }],
	])('%s as no answer, and not as nothing', async (_form, data) => {
		const error = await refusal(FIND, data);
		const raw = await given({ ...FIND, simplify: false }, data);

		expect(error.message).toMatch(/^AI Rudder's answer could not be read: .* no workflow ID/);
		expect(error.description).toMatch(/does not mean that nothing was found.*'Simplify'/);
		expect(error.context.itemIndex).toBe(0);
		expect(raw).toEqual([{ response: JSON.parse(JSON.stringify(ok(data))) }]);
	});
});
