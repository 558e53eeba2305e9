/** Everything is CommonJS TypeScript; `npm run typecheck` checks the types, so jest only strips them. */
const project = (name, extra = {}) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.cts`],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: {
		'\\.c?ts$': ['ts-jest', { tsconfig: 'tsconfig.tools.json', diagnostics: false }],
	},
	...extra,
});

/** The e2e tests that a release of n8n is spared, and why; all others run on every release. */
const NOT_ON = {
	2.41: [
		// This n8n signs the addresses of waiting executions, so that nothing is refused.
		'e2e/callAndWaitRefused',
	],
	1.123: [
		// It needs the signature that n8n 2.16 brought; callAndWaitRefused has what happens without.
		'e2e/callAndWait.test',
		// The demo runs on 2.41 alone.
		'e2e/demo',
	],
};

const e2e = (name, version, extra) =>
	project(name, {
		testMatch: ['<rootDir>/test/e2e/**/*.test.cts'],
		testPathIgnorePatterns: NOT_ON[version] ?? [],
		...extra,
	});

module.exports = {
	// For a busy machine; nothing waits for it when all is well.
	testTimeout: 120_000,
	projects: [
		project('unit'),
		project('integration', { setupFiles: ['<rootDir>/test/integration/setup.cts'] }),
		e2e('e2e', process.env.N8N_VERSION || '2.41'),
		e2e('e2e-n8n1', '1.123', { setupFiles: ['<rootDir>/test/e2e/n8n-1.123/setup.cts'] }),
		project('ui'),
		project('queue', {
			testMatch: [
				'test/queue/**',
				'test/e2e/{callAndWait,mainJob,operations,retryOnFail,trigger}',
			].map((path) => `<rootDir>/${path}.test.cts`),
			setupFiles: ['<rootDir>/test/queue/setup.cts'],
		}),
	],
};
