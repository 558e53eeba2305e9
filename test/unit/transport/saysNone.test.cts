/** Whether an answer of Workflow Task: Find in which no task is recognised says that there is none. */
import { saysNone } from '../../../nodes/AiRudder/transport/pages.ts';

const ASKED = ['callee', 'case_id'];

test.each([
	[[]],
	[{}],
	[null],
	[{ list: [] }],
	[{ list: [], total: 0 }],
	[{ list: [], page: { page: 1, size: 10 } }],
	[{ rows: [], message: 'no data' }],
	[{ total: 0, msg: 'nothing found' }],
	[[{ callee: '+12025550123', workflow_id: null }]],
	[{ workflow_id: '' }],
])('%j says that there is none', (data) => {
	expect(saysNone(data, ASKED)).toBe(true);
});

test.each([
	['w1,w2'],
	[{ workflow_ids: 'w1,w2' }],
	[{ message: 'see the attached list' }],
	[{ tasks: [], newest: 'w1' }],
	[{ page: { ids: 'w1' }, list: [] }],
	[[{ task: 'w1' }]],
	[{ list: [], total: 3 }],
])('%j may hold something', (data) => {
	expect(saysNone(data, ASKED)).toBe(false);
});
