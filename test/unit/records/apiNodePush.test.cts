import { apiNodePushRecord } from '../../../nodes/AiRudder/records/apiNodePush.ts';
import { data as example } from '../../vendor-examples/verify-api-node-push.response.json';

test("the vendor's example of a push in our shape, but for its call", () => {
	const { call, ...record } = apiNodePushRecord(example);

	expect(record).toEqual({
		workflowId: 'b761cdd784294xxxxxx869f85c',
		workflowName: 'test_api_action4',
		nodeId: '6ade9e4443xxxxxx43a54b58',
		nodeName: 'API1',
		phoneNumber: '+861xxxxxx721',
		caseId: '123456.0',
		contact: {
			name: 'WILL SMITH',
			gender: null,
			platformName: 'AIRUDDER',
			comments: '123456.0',
			borrowedDate: '2024-02-01',
			dueDate: '2024-03-07',
			borrowedAmount: '20000.00',
			totalOwingAmount: '20310.00',
			currencyUnit: 'USD',
			extraA: null,
			extraB: null,
			extraC: null,
			extra: example.callee.extra,
			extend: example.callee.extend,
			otherFields: {},
		},
		variables: {},
		customAttributes: { a: '1', b: '2' },
		otherFields: {},
	});
	expect(call).toMatchObject({
		callId: 'cd878f6611adxxxxxx1a5a3ec5525b',
		redials: [{ hangupType: 'ByCallee' }, { hangupType: 'ByCallee' }, { hangupType: 'ByCallee' }],
	});
});

test('nothing is lost: known fields of another type stay in otherFields', () => {
	const head = { workflow_id: ['w'], workflow_name: { en: 'n' }, custom_attribute: ['a'] };
	const contact = { case_id: ['c'], callee_name: { first: 'A' }, comments: ['x'], vip: true };

	expect(
		apiNodePushRecord({ ...head, node_id: 'n', callee: { callee_number: '+1', ...contact } }),
	).toMatchObject({
		workflowId: null,
		workflowName: null,
		customAttributes: {},
		caseId: null,
		contact: { name: null, comments: null, otherFields: contact },
		otherFields: head,
	});
});

test('nothing is lost: of two spellings of a field the second stays in otherFields', () => {
	const callee = { callee_number: '+1', CalleeName: 'A', callee_name: 'B' };

	expect(apiNodePushRecord({ callee })).toMatchObject({
		contact: { name: 'A', otherFields: { callee_name: 'B' } },
	});
});
