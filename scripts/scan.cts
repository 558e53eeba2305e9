/**
 * n8n's own scanner, run before publishing as n8n runs it afterwards: over the source and over what
 * `npm pack` would publish. Prints findings and nothing else.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { packPackage } from './real-n8n/pack.cts';
import { ROOT } from './real-n8n/paths.cts';
import { run } from './real-n8n/run.cts';

const result = z.object({
	passed: z.boolean(),
	message: z.string().optional(),
	details: z.string().optional(),
});
type Result = z.infer<typeof result>;
type Analyze = (folder: string, patterns: readonly string[]) => Promise<Result>;

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown =>
	typeof value === 'function';
const scannerModule = z.object({
	analyzePackage: z.custom<(...args: unknown[]) => unknown>(isFunction),
	SOURCE_FILE_PATTERNS: z.array(z.string()),
});

/** The package declares no types, hence the checks. */
async function loadScanner(): Promise<{ analyze: Analyze; sourcePatterns: string[] }> {
	const path: string = require.resolve('@n8n/scan-community-package/scanner/scanner.mjs');
	const scanner = scannerModule.parse(await import(path));
	return {
		analyze: async (folder, patterns) =>
			result.parse(await scanner.analyzePackage(folder, patterns)),
		sourcePatterns: scanner.SOURCE_FILE_PATTERNS,
	};
}

function report(part: string, { passed, message, details }: Result): boolean {
	// A scan that found no files has looked at nothing.
	const clean = passed && message === undefined;
	if (!clean) process.stdout.write(`${part}: ${message ?? 'findings'}\n${details ?? ''}\n`);
	return clean;
}

async function main(): Promise<boolean> {
	const { analyze, sourcePatterns } = await loadScanner();
	const source = report('Source', await analyze(ROOT, sourcePatterns));
	const folder = await mkdtemp(join(tmpdir(), 'scan-'));
	try {
		const tarball = await packPackage((_, build) => build());
		await run('tar', ['-xzf', tarball, '-C', folder], { cwd: folder });
		const contents = join(folder, 'package');
		const published = report('Package', await analyze(contents, ['**/*.js', 'package.json']));
		return source && published;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

main().then(
	(clean) => {
		process.exitCode = clean ? 0 : 1;
	},
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
