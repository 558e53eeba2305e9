/** n8n needs Node 24; whoever has another one gets it from npm, into the runtime folder only. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RUNTIME } from './paths.cts';
import { step } from './progress.cts';
import { npm } from './run.cts';

const NEEDED_MAJOR = 24;
const VERSION = '24.21.0';
const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', win32: 'win' };
const ARCHITECTURES: readonly string[] = ['x64', 'arm64'];

export interface Node24 {
	/** The program. */
	path: string;
	/** Where its headers are, for native modules; undefined when the running Node serves. */
	headers?: string;
}

/** The npm package that holds the program, or undefined where nobody publishes one. */
export function nodePackage(platform: string, arch: string): string | undefined {
	const system = PLATFORMS[platform];
	return system && ARCHITECTURES.includes(arch) ? `node-${system}-${arch}` : undefined;
}

export async function ensureNode24(): Promise<Node24> {
	if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
		const home = join(dirname(process.execPath), '..');
		const headers = existsSync(join(home, 'include/node/node.h')) ? home : undefined;
		return { path: process.execPath, headers };
	}
	const name = nodePackage(process.platform, process.arch);
	if (!name) {
		throw new Error(
			`n8n needs Node ${NEEDED_MAJOR}, this is Node ${process.versions.node}, and there is no npm package of it ` +
				`for ${process.platform}/${process.arch}: please install Node ${NEEDED_MAJOR} yourself and start again.`,
		);
	}
	const folder = join(RUNTIME, 'node24');
	const home = join(folder, 'node_modules', name);
	const path = join(home, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
	if (!existsSync(path)) {
		await mkdir(folder, { recursive: true });
		await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
		await step(`Getting Node ${VERSION} for n8n`, () =>
			npm(['install', '--no-save', '--ignore-scripts', `${name}@${VERSION}`], { cwd: folder }),
		);
	}
	return { path, headers: home };
}
