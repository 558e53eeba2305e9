/** What a running process costs, from Linux's /proc: processor time, peak memory, open files. */
import { readFile, readdir, writeFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second wherever Node runs. */
const TICKS_PER_SECOND = 100;

interface Stat {
	parent: number;
	cpuSeconds: number;
}

async function stat(pid: number): Promise<Stat | undefined> {
	const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	// The name in parentheses may hold blanks; what follows it is fixed (see proc(5)).
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const ticks = Number(fields[11]) + Number(fields[12]);
	return { parent: Number(fields[1]), cpuSeconds: ticks / TICKS_PER_SECOND };
}

/** Processor time of a process and all that it started, its task runner for one. */
export async function cpuSeconds(pid: number): Promise<number> {
	const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
	const stats = new Map<number, Stat>();
	for (const each of pids) {
		const found = await stat(each);
		if (found) stats.set(each, found);
	}
	const belongs = (each: number): boolean =>
		each === pid || belongsToParent(stats.get(each)?.parent);
	const belongsToParent = (parent: number | undefined): boolean =>
		parent !== undefined && parent > 1 && belongs(parent);
	return [...stats]
		.filter(([each]) => belongs(each))
		.reduce((sum, [, { cpuSeconds: own }]) => sum + own, 0);
}

async function memoryLine(pid: number, name: string): Promise<number> {
	const text = await readFile(`/proc/${pid}/status`, 'utf8');
	const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
	return Number(kilobytes) * 1024;
}

/** Bytes of memory that the process holds now. */
export const residentBytes = (pid: number): Promise<number> => memoryLine(pid, 'VmRSS');

/** The most that it has held since the last `forgetPeak`. */
export const peakBytes = (pid: number): Promise<number> => memoryLine(pid, 'VmHWM');

const forgetPeak = (pid: number): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, '5');

export const openFiles = async (pid: number): Promise<number> =>
	(await readdir(`/proc/${pid}/fd`)).length;

export interface Usage {
	wallMs: number;
	cpuSeconds: number;
	peakBytes: number;
	/** What it held before. */
	baseBytes: number;
}

/** What n8n spends on some work that tells how long it took. */
export async function usageOf(pid: number, work: () => Promise<number>): Promise<Usage> {
	await forgetPeak(pid);
	const baseBytes = await residentBytes(pid);
	const before = await cpuSeconds(pid);
	const wallMs = await work();
	const spent = (await cpuSeconds(pid)) - before;
	return { wallMs, cpuSeconds: spent, peakBytes: await peakBytes(pid), baseBytes };
}
