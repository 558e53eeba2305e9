/** The API side: login, refusals, tokens, lists, against what the vendor documents. */
import { operationNames, rejectSuffix } from '../../../simulator/index.cts';
import { closeAll, contacts, example, simulate } from './harness.cts';

afterEach(closeAll);

test('login answers as the vendor documents, and refuses a wrong secret', async () => {
	const client = await simulate();
	const request = { APPKey: 'demo-app-key', APPSecret: 'demo-app-secret' };
	expect(Object.keys(request)).toEqual(Object.keys(example('auth.request.json')));
	const { http, ...answer } = await client.post('/service/cloud/auth', request);
	expect(http).toBe(200);
	expect(answer).toEqual({ ...example('auth.response.json'), data: { token: expect.any(String) } });
	const wrong = await client.post('/service/cloud/auth', { ...request, APPSecret: 'x' });
	expect(wrong).toMatchObject({ http: 200, code: 401 });
});

test.each([
	['an unknown template', { workflow_template_id: 9 }, /template/],
	['a template id that is text', { workflow_template_id: '1001' }, /workflow_template_id/],
	['no name', { name: undefined }, /name/],
	['an end time without a zone', { end_time: '2099-12-31 18:00:00' }, /end_time/],
	['an end time in the past', { end_time: '2020-01-01 00:00:00+08:00' }, /past/],
	['a number without +', { details: [{ callee: '12025550100' }] }, /callee/],
	[
		'a variable that is a number',
		{ details: [{ callee: '+12025550100', variables: { a: 1 } }] },
		/variables/,
	],
	['too many contacts', { details: contacts(6) }, /at most 5/],
])('create refuses %s and takes nobody', async (_what, changes, message) => {
	const client = await (await simulate({ contactLimit: 5 })).login();
	const answer = await client.create(changes);
	expect(answer).toMatchObject({ http: 200, code: 400 });
	expect(answer.message).toMatch(message);
	expect(client.simulator.acceptedContacts()).toEqual([]);
});

test('refuses a missing token, a wrong Content-Type, an unknown task and a stopped one', async () => {
	const client = await simulate();
	expect(await client.create()).toMatchObject({ http: 200, code: 401 });
	await client.login();
	const plain = await client.post('createinstance', {}, { 'content-type': 'text/plain' });
	expect(plain.message).toMatch(/Content-Type/);
	const upload = { workflow_id: 'nobody', details: contacts(1) };
	expect(await client.post('uploaddetails', upload)).toMatchObject({ code: 400 });
	const { workflow_id } = (await client.create()).data;
	expect((await client.post('uploaddetails', { ...upload, workflow_id })).code).toBe(200);
	expect((await client.post('stopinstance', { workflow_id })).code).toBe(200);
	const late = await client.post('uploaddetails', { ...upload, workflow_id });
	expect(late.message).toMatch(/stopped/);
	expect(client.simulator.acceptedContacts()).toHaveLength(1);
});

test('tokens: a new login keeps older ones, all can expire, both ways of saying so', async () => {
	const client = await (await simulate()).login();
	const first = client.token;
	await client.login();
	client.token = first;
	expect((await client.get('templates')).code).toBe(200);
	client.simulator.expireTokens();
	expect(await client.get('templates')).toMatchObject({ http: 200, code: 401 });
	client.simulator.rejectTokenAs = 'http';
	expect(await client.get('templates')).toMatchObject({ http: 401, code: 401 });
	expect(client.simulator.logins).toBe(2);
	expect(client.simulator.requests.at(-1)?.headers.authorization).toBe('Token ***');
});

test('a partial rejection names the contact beside the id', async () => {
	const client = await (await simulate({ rejectContact: rejectSuffix('01') })).login();
	const { data } = await client.create({ details: contacts(3) });
	expect(data.detail_error_list).toEqual([expect.objectContaining({ callee: '+12025550101' })]);
	expect(client.simulator.acceptedContacts()).toHaveLength(2);
});

test('an unknown path is a 404 with an HTML page', async () => {
	const { simulator } = await simulate();
	const response = await fetch(`${simulator.url}/service/cloud/workflow/nothing`);
	expect(response.status).toBe(404);
	expect(response.headers.get('content-type')).toMatch(/text\/html/);
});

test('every one of the 19 operations answers about a task that is done', async () => {
	const client = await (await simulate({ recordingDelayMs: 0, answerRate: 1 })).login();
	const { simulator } = client;
	const details = contacts(3);
	const { workflow_id } = (
		await client.create({ workflow_template_id: 1003, details: details.slice(1) })
	).data;
	await client.post('uploaddetails', { workflow_id, details: details.slice(0, 1) });
	await simulator.settled();
	const { callee, case_id } = details[0];
	const number = encodeURIComponent(String(callee));
	const task = (await client.post('tasklist', { workflow_id })).data.list[0].TaskID;
	const checks = (await client.create({ workflow_template_id: 1002, details })).data.workflow_id;
	const check = (await client.post('tasklist', { workflow_id: checks })).data.list[0].TaskID;
	const calls = await client.post('taskdetail', { TaskID: task });
	expect(calls.data).toMatchObject({ TaskID: task, Status: 'finished', workflow_id });
	expect(calls.data.detail).toHaveLength(3);
	await client.post('taskdetail', { TaskID: check });
	const subtasks = (await client.get(`instancetasks?workflow_id=${workflow_id}`)).data.list;
	const api = subtasks.find((subtask) => subtask.node_type === 'api');
	const push = { workflow_id, node_id: api?.nodetask_id, callee, case_id };
	expect(Object.keys(push).sort()).toEqual(
		Object.keys(example('verify-api-node-push.request.json')).sort(),
	);
	const verified = (await client.post('apinoticeinfo', push)).data;
	const documented = example('verify-api-node-push.response.json').data;
	expect(keys(verified)).toEqual(keys(documented));
	const waba = (await client.get(`wabatasks?workflow_id=${workflow_id}`)).data.list[0];
	const messages = await client.get(`wabataskdetail?waba_task_id=${waba.waba_task_id}`);
	expect(messages.data.list.length).toBeGreaterThanOrEqual(3);
	const range = {
		start_time: '2020-01-01 00:00:00+08:00',
		end_time: '2099-01-01 00:00:00+08:00',
	};
	const found = await client.post('detailinstances', { ...range, case_id });
	expect(found.data).toHaveLength(2);
	await client.get(`callinfo?callee=${number}&workflow_id=${workflow_id}`);
	const call = (await client.get(`callinfo?callid=${calls.data.detail[0].CallID}`)).data;
	const link = String(call.RecordingLink);
	expect((await fetch(link)).headers.get('content-type')).toBe('audio/wav');
	expect((await fetch(link, { headers: { authorization: 'Token x' } })).status).toBe(400);
	await client.get(`recording?workflow_id=${workflow_id}&callee=${number}`);
	await client.get('templates');
	await client.get('instances');
	await client.post('updatedetails', { workflow_id, details: [{ callee, variables: { a: 'b' } }] });
	await client.post('canceldetails', { workflow_id, callee });
	await client.post('stopinstance', { workflow_id });
	const asked = new Set(simulator.requests.map(({ operation }) => operation));
	expect(operationNames.filter((name) => !asked.has(name))).toEqual([]);
});

test('lists page by Number and Page, newest template first', async () => {
	const client = await (await simulate()).login();
	const first = (await client.get('templates?Number=30&Page=1')).data.list;
	const second = (await client.get('templates?Number=30&Page=2')).data.list;
	expect([first.length, second.length]).toEqual([30, 20]);
	expect(first[0].workflow_template_id).toBe(1001);
});

/** Keys of an object and of the objects right below it, free-form ones aside. */
const keys = (value: unknown): string[] =>
	Object.entries(Object(value)).flatMap(([key, inner]) => [
		key,
		...(key === 'callee' || key === 'call' ? Object.keys(Object(inner)) : []),
	]);
