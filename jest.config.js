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

module.exports = {
	// For a busy machine; nothing waits for it when all is well.
	testTimeout: 30_000,
	projects: [
		project('unit'),
		project('integration', { setupFiles: ['<rootDir>/test/integration/setup.cts'] }),
		project('e2e'),
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
