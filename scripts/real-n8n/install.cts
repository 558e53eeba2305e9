/** Installs the n8n of the release into the runtime folder, once; later calls only look at a stamp. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { alone } from './lock.cts';
import { ensureNode, type Node } from './node.cts';
import { ROOT, RUNTIME } from './paths.cts';
import { networkStep, say } from './progress.cts';
import { RELEASE } from './release.cts';
import { npm } from './run.cts';

const PINS = join(ROOT, 'test/e2e', RELEASE.folder);
const FOLDER = join(RUNTIME, RELEASE.folder);
const STAMP = join(FOLDER, 'installed.txt');
const COMPILERS: ReadonlyArray<readonly string[]> = [
	['python3', 'python'],
	['make'],
	['g++', 'c++', 'clang++'],
];

export interface InstalledN8n {
	/** The Node that runs it. */
	node: string;
	/** n8n's own start script. */
	script: string;
}

const isOnPath = (program: string): boolean =>
	(process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** What a person has to do when the database driver could neither be fetched nor compiled. */
function compilerAdvice(cause: unknown): Error {
	const missing = COMPILERS.filter((names) => !names.some(isOnPath)).map(([name]) => name);
	const advice = missing.length
		? `n8n's database driver (sqlite3) has to be compiled here, and these are missing: ${missing.join(', ')}.\n` +
			'On Debian or Ubuntu:  sudo apt-get install -y python3 make g++\nThen start this again.'
		: "n8n's database driver (sqlite3) could not be compiled.";
	return new Error(advice, { cause });
}

/** The driver is fetched ready made where possible and compiled otherwise; either way it must load. */
async function buildDriver(node: Node): Promise<void> {
	const env = node.headers ? { npm_config_nodedir: node.headers } : undefined;
	try {
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
			cwd: FOLDER,
			node: node.path,
			env,
		});
	} catch (error) {
		throw compilerAdvice(error);
	}
}

async function install(node: Node, stamp: string): Promise<void> {
	say(
		`Installing n8n ${RELEASE.version} (once, three to four minutes, about 2.5 GB) into ${RUNTIME}`,
	);
	await mkdir(FOLDER, { recursive: true });
	await rm(STAMP, { force: true });
	for (const file of ['package.json', 'package-lock.json']) {
		await copyFile(join(PINS, file), join(FOLDER, file));
	}
	// Scripts stay off: one dependency of n8n would download a program from elsewhere.
	await networkStep(`Fetching n8n and its ${RELEASE.packages} packages`, () =>
		npm(['ci', '--ignore-scripts', '--legacy-peer-deps'], { cwd: FOLDER, node: node.path }),
	);
	await networkStep("Building n8n's database driver", () => buildDriver(node));
	await writeFile(STAMP, stamp);
}

/** A changed lock file, or a folder that came from another machine, means a new installation. */
async function currentStamp(): Promise<string> {
	const lock = await readFile(join(PINS, 'package-lock.json'));
	const digest = createHash('sha256').update(lock).digest('hex');
	return `${digest} ${process.platform}-${process.arch}\n`;
}

export function ensureN8n(): Promise<InstalledN8n> {
	return alone(join(RUNTIME, 'install.lock'), async () => {
		const node = await ensureNode(RELEASE);
		const stamp = await currentStamp();
		const installed = await readFile(STAMP, 'utf8').catch(() => '');
		if (installed !== stamp) await install(node, stamp);
		return { node: node.path, script: join(FOLDER, 'node_modules/n8n/bin/n8n') };
	});
}
