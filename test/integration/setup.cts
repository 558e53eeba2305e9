import 'reflect-metadata';

// The nodes warn in n8n's log, thousands of times here.
process.env.N8N_LOG_LEVEL ??= 'silent';

/** Pauses between tries are a twentieth of the real ones; how long they really are is a unit test's matter. */
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	return { ...actual, sleep: async (ms: number) => await actual.sleep(ms / 20) };
});
