import { parseReference, referenceFor } from '../../../nodes/AiRudder/waiting/reference.ts';

const SIGNATURE = 'ab'.repeat(32);
const RESUME_URL = `http://localhost/webhook-waiting/12?signature=${SIGNATURE}`;

test('each wait of an execution has a reference of its own, the same in every try', () => {
	const waits = [
		['first node', 0],
		['first node', 1],
		['second node', 0],
		['second node', 1],
	] as const;
	const references = () => waits.map(([node, run]) => referenceFor(RESUME_URL, node, run));

	expect(new Set(references()).size).toBe(4);
	expect(references()).toEqual(references());
	for (const reference of references()) {
		expect(parseReference(reference)).toEqual({ executionId: '12', signature: SIGNATURE });
	}
});

test.each([
	['of an n8n that signs none', 'http://localhost/webhook-waiting/12'],
	[
		'outside of an execution',
		`http://localhost/webhook-waiting/__UNKNOWN__?signature=${SIGNATURE}`,
	],
])('an address %s gives none', (_, address) => {
	expect(referenceFor(address, 'node', 0)).toBeUndefined();
});
