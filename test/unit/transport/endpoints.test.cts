import {
	documentationUrl,
	endpoint,
	ENDPOINT_NAMES,
} from '../../../nodes/AiRudder/transport/endpoints.ts';

test('all nineteen operations of the Workflow API are in the table, each on a path of its own kind', () => {
	expect(ENDPOINT_NAMES).toHaveLength(19);
	for (const name of ENDPOINT_NAMES) {
		expect(endpoint(name).path).toMatch(/^\/service\/cloud\/(auth|workflow\/[a-z]+)$/);
	}
});

test('only calls that hand over contacts may not be repeated', () => {
	const once = ENDPOINT_NAMES.filter((name) => !endpoint(name).repeatable);
	expect(once).toEqual(['workflowTask:create', 'contact:add', 'contact:update']);
});

test('what was read on a vendor page is marked as documented, and nothing else', () => {
	const documented = ENDPOINT_NAMES.filter((name) => endpoint(name).provenance === 'documented');
	expect(documented).toEqual([
		'auth',
		'workflowTask:create',
		'workflowTask:find',
		'outboundTask:getCalls',
		'customApiNode:verifyPush',
	]);
});

test("the vendor's time-outs: 120 seconds, 150 for creating", () => {
	expect(endpoint('call:get').timeoutMs).toBe(120_000);
	expect(endpoint('workflowTask:create').timeoutMs).toBe(150_000);
});

test('a page is linked where its number is known', () => {
	expect(documentationUrl(endpoint('call:get'))).toBe(
		'https://api-docs.airudder.com/api-178718855',
	);
	expect(documentationUrl(endpoint('recording:getAll'))).toBe('https://api-docs.airudder.com');
});
