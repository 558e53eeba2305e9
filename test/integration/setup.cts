import 'reflect-metadata';

/** Pauses between tries are a twentieth of the real ones; how long they really are is a unit test's matter. */
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	return { ...actual, sleep: async (ms: number) => await actual.sleep(ms / 20) };
});
