/** Answers in forms that nobody has seen: nothing in them is lost in silence, and nothing is made up. */
import type { INodeParameters } from 'n8n-workflow';
import { given, ok, refusal, whenAnswered } from './support/answered.cts';
import { byId } from './support/dialled.cts';
import { execute, search } from './support/n8n.cts';
import { vendor } from './support/vendor.cts';

const workflowId = byId('w1');
const phoneNumber = '+12025550123';
const FIND = { resource: 'workflowTask', operation: 'find', caseId: 'LOAN-1' };
const BY_CONTACT = { resource: 'call', operation: 'getByContact', workflowId, phoneNumber };
const RECORDINGS = { resource: 'recording', operation: 'getAll', workflowId, phoneNumber };
const CALLS = { resource: 'outboundTask', operation: 'getCalls', taskId: byId('t1') };

test.each([
	[[{ instance_id: 4711, callee: phoneNumber, case_id: 'LOAN-1' }]],
	[{ list: [{ instance: 4711, case_id: 'LOAN-1' }] }],
	[{ task: { id: 4711 } }],
	[{ list: [], warnings: ['nothing found'] }],
])('Find takes %j neither for a task nor for none', async (data) => {
	expect((await refusal(FIND, data)).message).toMatch(/no workflow ID in any known place/);
});

test.each([
	{ list: [], pagination: { page: 1, size: 20 } },
	{ page: { no: 1, size: 20 }, list: [] },
	{ list: [], valid: true, request_id: 4711 },
])('Get by Contact makes no call of %j', async (data) => {
	expect(await given(BY_CONTACT, data)).toEqual([]);
});

const LINK = 'https://files.example/1.wav';

const UNKNOWN_LISTS: Array<[INodeParameters, object]> = [
	[CALLS, { TaskID: 't1', detail: { CallID: 'c1', Intention: 'A', AsrResult: [] } }],
	[CALLS, { detail: { c1: { CallID: 'c1' }, c2: { CallID: 'c2' } } }],
	[CALLS, { result: { page: { content: { list: [{ CallID: 'c1' }] } } } }],
	[RECORDINGS, { recordings: { c1: LINK } }],
	[RECORDINGS, { call_id: 'c1', recording_url: LINK }],
];

test.each(UNKNOWN_LISTS)(
	'a list of another form is not an empty one: %j, %j',
	async (list, data) => {
		const { message, description } = await refusal(list, data);

		expect(message).toMatch(/could not be read: it is not empty, but has no list/);
		expect(description).toMatch(/turn off 'Simplify'/);
	},
);

test.each(UNKNOWN_LISTS)('with Simplify off it is handed on: %j, %j', async (list, data) => {
	expect(await given({ ...list, simplify: false }, data)).toEqual([{ response: ok(data) }]);
});

test('a picker says so, too', async () => {
	const looking = whenAnswered(
		{ result: { list: { x: { template_id: 1 } } } },
		async (credential) => {
			return await search('getTemplates', {}, credential);
		},
	);

	await expect(looking).rejects.toThrow(/came in another form than assumed/);
});

test.each([
	{ list: [], columns: ['id', 'name'] },
	{ list: [], page_sizes: [20, 50] },
	{ total: 0, list: [], statuses: ['running'] },
	{ list: null, name: 'Reminders' },
	{ result: { total: 0, list: [], workflow_name: 'Reminders' } },
	{ list: { rows: [], sort: 'desc' }, page: 1 },
])('a list that is plainly empty is no error, and what describes it no row: %j', async (data) => {
	expect(await given(RECORDINGS, data)).toEqual([]);
	const picked = await whenAnswered(data, async (credential) => {
		return await search('getTemplates', {}, credential);
	});
	expect(picked).toEqual({ results: [] });
});

test('what describes a list is no row of a later page either', async () => {
	const calls = Array.from({ length: 30 }, (_, id) => ({ CallID: `c${id}` }));
	const statuses = ['running', 'done'];
	const answers = await vendor((query) =>
		ok({ list: query.get('Page') === '1' ? calls : [], statuses }),
	);
	try {
		const items = await execute({ ...RECORDINGS, returnAll: true }, answers.credential);
		expect(items).toHaveLength(30);
	} finally {
		await answers.close();
	}
});

test('links beside an empty list are recordings', async () => {
	const data = { links: [LINK], errors: [] };

	expect(await given(RECORDINGS, data)).toMatchObject([{ recordingUrl: LINK }]);
});

test('what stands empty beside the rows does not hide what was asked for', async () => {
	const parameters = { resource: 'outboundTask', operation: 'getAll', workflowId };

	expect(await given(parameters, { workflow_id: '', list: [{ task_id: 't1' }] })).toMatchObject([
		{ workflowId: 'w1' },
	]);
});

test('an ID beside the rows is not theirs', async () => {
	const parameters = { resource: 'workflowTask', operation: 'getAll' };

	expect(await given(parameters, { id: 99, list: [{ name: 'A' }] })).toMatchObject([
		{ workflowId: null },
	]);
});

test('a picker takes a workflow task whose ID is a number', async () => {
	const chosen = { __rl: true, mode: 'id', value: 4711 };
	const parameters = { resource: 'outboundTask', operation: 'getCalls', workflowId: chosen };

	const { results } = await whenAnswered([{ task_id: 't1' }], async (credential) => {
		return await search('getOutboundTasks', parameters, credential);
	});

	expect(results).toHaveLength(1);
});
