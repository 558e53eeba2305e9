/** Builds and packs the package as it would be published, and installs it into an n8n as a user would. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { alone } from './lock.cts';
import { ROOT, RUNTIME } from './paths.cts';
import { step } from './progress.cts';
import { npm } from './run.cts';

const SOURCES = [
	'credentials',
	'nodes',
	'package.json',
	'tsconfig.json',
	'gulpfile.js',
	'README.md',
	'LICENSE',
];
const FOLDER = join(RUNTIME, 'package');

const packed = z.tuple([z.object({ filename: z.string() })]);

async function filesOf(path: string): Promise<string[]> {
	if (!existsSync(path)) return [];
	if ((await stat(path)).isFile()) return [path];
	const entries = await readdir(path, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/** A digest of everything that ends up in the package. */
async function sourceDigest(): Promise<string> {
	const files = (await Promise.all(SOURCES.map((source) => filesOf(join(ROOT, source))))).flat();
	const hash = createHash('sha256');
	for (const file of files.sort())
		hash
			.update(file)
			.update('\0')
			.update(await readFile(file))
			.update('\0');
	return hash.digest('hex').slice(0, 16);
}

/** Runs `npm pack` on the built package; gives back the file. */
async function packInto(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const [{ filename }] = packed.parse(JSON.parse(await npm(args, { cwd: ROOT })));
	return join(folder, filename);
}

const A_DAY_MS = 24 * 60 * 60 * 1000;

/** Another checkout may be about to install the package that it has just packed. */
async function forgetOldPackages(): Promise<void> {
	for (const name of await readdir(FOLDER).catch(() => [])) {
		const folder = join(FOLDER, name);
		const { mtimeMs } = await stat(folder);
		if (Date.now() - mtimeMs > A_DAY_MS) await rm(folder, { recursive: true, force: true });
	}
}

type Announce = (what: string, work: () => Promise<string>) => Promise<string>;

/** The packed package; built anew only when a source has changed. */
export function packPackage(announce: Announce = step): Promise<string> {
	return alone(join(RUNTIME, 'package.lock'), async () => {
		const folder = join(FOLDER, await sourceDigest());
		const ready = (await readdir(folder).catch(() => [])).find((name) => name.endsWith('.tgz'));
		if (ready) return join(folder, ready);
		return announce('Building and packing n8n-nodes-airudder', async () => {
			await forgetOldPackages();
			await npm(['run', 'build'], { cwd: ROOT });
			return packInto(folder);
		});
	});
}

/** Puts a packed package where n8n looks for community packages; to be done before n8n starts. */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const folder = join(userFolder, '.n8n/nodes');
	await mkdir(folder, { recursive: true });
	const manifest = join(folder, 'package.json');
	// The same manifest as n8n itself writes; without one npm would take a folder further up for the project.
	if (!existsSync(manifest)) {
		await writeFile(
			manifest,
			JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
		);
	}
	await npm(['install', '--offline', '--legacy-peer-deps', '--ignore-scripts', tarball], {
		cwd: folder,
	});
}
