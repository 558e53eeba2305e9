/** Runs a program to its end; its output is kept and shown only when it fails. */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const SHOWN_LINES = 40;

/** Whom a program runs as. */
export interface Account {
	uid: number;
	gid: number;
}

export interface RunOptions {
	cwd: string;
	env?: Record<string, string>;
	/** Its folder comes first in PATH, so that what the program starts uses the same Node. */
	node?: string;
	account?: Account;
}

export const lastLines = (text: string, count = SHOWN_LINES): string =>
	text.trimEnd().split('\n').slice(-count).join('\n');

/** PATH may be spelled Path on Windows, and a second spelling would be ignored. */
export function environment(
	node: string,
	extra: Record<string, string> = {},
): Record<string, string | undefined> {
	const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	return {
		...process.env,
		[name]: `${dirname(node)}${delimiter}${process.env[name] ?? ''}`,
		...extra,
	};
}

export function run(
	program: string,
	args: readonly string[],
	{ cwd, env, node = process.execPath, account }: RunOptions,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd,
			env: environment(node, env),
			stdio: ['ignore', 'pipe', 'pipe'],
			...account,
		});
		let output = '';
		let stdout = '';
		child.stdout.on('data', (chunk: Buffer) => {
			stdout += chunk.toString();
			output += chunk.toString();
		});
		child.stderr.on('data', (chunk: Buffer) => {
			output += chunk.toString();
		});
		child.on('error', reject);
		child.on('close', (code, signal) => {
			if (code === 0) return resolve(stdout);
			const command = [program, ...args].join(' ');
			reject(new Error(`${command} ended with ${signal ?? code}:\n${lastLines(output)}`));
		});
	});
}

/** npm as a script that any Node can run: no shell, no npm.cmd on Windows. */
function npmScript(): string {
	const candidates = [process.env.npm_execpath ?? ''];
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		const command = join(folder, 'npm');
		if (existsSync(command)) candidates.push(realpathSync(command));
		candidates.push(join(folder, 'node_modules/npm/bin/npm-cli.js'));
	}
	const found = candidates.find((path) => path.endsWith('npm-cli.js') && existsSync(path));
	if (!found) throw new Error('npm was not found: start this with `npm run …`.');
	return found;
}

export function npm(args: readonly string[], options: RunOptions): Promise<string> {
	const node = options.node ?? process.execPath;
	return run(
		node,
		[npmScript(), ...args, '--no-audit', '--no-fund', '--no-update-notifier'],
		options,
	);
}
