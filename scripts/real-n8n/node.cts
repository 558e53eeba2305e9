/** n8n accepts certain versions of Node; whoever runs another one gets it from npm, into the runtime folder only. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RUNTIME } from './paths.cts';
import { networkStep } from './progress.cts';
import type { Release } from './release.cts';
import { npm } from './run.cts';

/** Runs every release. */
const VERSION = '24.21.0';
const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', win32: 'win' };
const ARCHITECTURES: readonly string[] = ['x64', 'arm64'];

export interface Node {
	/** The program. */
	path: string;
	/** Where its headers are, for native modules; undefined when npm has to find them. */
	headers?: string;
}

/** The npm package that holds the program, or undefined where nobody publishes one. */
function nodePackage(platform: string, arch: string): string | undefined {
	const system = PLATFORMS[platform];
	return system && ARCHITECTURES.includes(arch) ? `node-${system}-${arch}` : undefined;
}

function accepts({ node: { from, below = Infinity } }: Release, version: string): boolean {
	const [major, minor] = version.split('.').map(Number);
	return major < below && (major > from[0] || (major === from[0] && minor >= from[1]));
}

/** The running Node where the release accepts it, otherwise one from npm. */
export async function ensureNode(release: Release): Promise<Node> {
	if (accepts(release, process.versions.node)) {
		const home = join(dirname(process.execPath), '..');
		const headers = existsSync(join(home, 'include/node/node.h')) ? home : undefined;
		return { path: process.execPath, headers };
	}
	const name = nodePackage(process.platform, process.arch);
	if (!name) {
		throw new Error(
			`n8n ${release.version} needs another Node than ${process.versions.node}, and there is no npm package of it ` +
				`for ${process.platform}/${process.arch}: please install Node ${VERSION} yourself and start again.`,
		);
	}
	const folder = join(RUNTIME, 'node24');
	const home = join(folder, 'node_modules', name);
	const path = join(home, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
	if (!existsSync(path)) {
		await mkdir(folder, { recursive: true });
		await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
		await networkStep(`Getting Node ${VERSION} for n8n`, () =>
			npm(['install', '--no-save', '--ignore-scripts', `${name}@${VERSION}`], { cwd: folder }),
		);
	}
	return { path, headers: home };
}
