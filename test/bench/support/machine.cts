/** What the figures were measured on. */
import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensureN8n } from '../../../scripts/real-n8n/install.cts';
import { ROOT, RUNTIME } from '../../../scripts/real-n8n/paths.cts';
import { run } from '../../../scripts/real-n8n/run.cts';
import { z } from 'zod';

const manifest = z.object({ version: z.string() });

async function n8nVersion(): Promise<string> {
	const file = join(RUNTIME, 'n8n/node_modules/n8n/package.json');
	return manifest.parse(JSON.parse(await readFile(file, 'utf8'))).version;
}

/** The processor and the memory. */
export function hardware(): string {
	const [processor] = cpus();
	const memory = Math.round(totalmem() / 1024 ** 3);
	return `${cpus().length} cores (${processor?.model.trim() ?? 'unknown'}), ${memory} GB`;
}

export const today = (): string => new Date().toISOString().slice(0, 10);

/** One sentence: when, on which machine, with which n8n. */
export async function machine(): Promise<string> {
	const { node } = await ensureN8n();
	const nodeVersion = (await run(node, ['--version'], { cwd: ROOT })).trim();
	return `Measured on ${today()}: ${hardware()}, n8n ${await n8nVersion()} on Node ${nodeVersion}; the client, the simulator and n8n share the machine.`;
}
