/** One at a time: the demo and the tests may be started together, but only one of them installs. */
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './progress.cts';

const LOOK_AGAIN_MS = 500;

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function take(file: string): Promise<boolean> {
	try {
		const handle = await open(file, 'wx');
		await handle.writeFile(String(process.pid));
		await handle.close();
		return true;
	} catch {
		return false;
	}
}

export interface Hold {
	/** The process that holds the file, when it is not this one. */
	owner?: number;
	release(): Promise<void>;
}

/** Takes the file, or tells who has it; a holder that was killed has left its file behind. */
export async function hold(file: string): Promise<Hold> {
	await mkdir(dirname(file), { recursive: true });
	const release = (): Promise<void> => rm(file, { force: true });
	if (await take(file)) return { release };
	const owner = Number(await readFile(file, 'utf8').catch(() => ''));
	// A file without an id belongs to someone who is just writing it.
	if (owner === 0 || isAlive(owner)) return { owner, release: async () => undefined };
	await release();
	return hold(file);
}

/** Does the work when nobody else is at it. */
export async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
	let held = await hold(file);
	if (held.owner !== undefined && held.owner !== process.pid)
		say(`  Another run (process ${held.owner}) is preparing n8n, waiting …`);
	while (held.owner !== undefined) {
		await sleep(LOOK_AGAIN_MS);
		held = await hold(file);
	}
	try {
		return await work();
	} finally {
		await held.release();
	}
}
