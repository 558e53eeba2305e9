import { rejectionsIn } from '../../../nodes/AiRudder/actions/upload/rejections.ts';

const NUMBER = '+12025550123';

test.each([
	['objects', [{ callee: NUMBER, message: 'blacklisted' }], NUMBER, 'blacklisted'],
	['objects with other names', [{ phone: NUMBER, err_msg: 'blacklisted' }], NUMBER, 'blacklisted'],
	['numbers', [NUMBER], NUMBER, null],
	['reasons by number', { [NUMBER]: 'blacklisted' }, NUMBER, 'blacklisted'],
	['an object without a number', [{ message: 'full' }], null, 'full'],
	['a text', 'one contact is blacklisted', null, 'one contact is blacklisted'],
])('contacts that are not taken may come as %s', (_form, list, callee, reason) => {
	expect(rejectionsIn({ workflow_id: 'w1', detail_error_list: list })).toEqual([
		{ callee, reason },
	]);
});

test.each([undefined, null, '', [], {}])('nobody is rejected by %j', (list) => {
	expect(rejectionsIn({ workflow_id: 'w1', detail_error_list: list })).toEqual([]);
});
