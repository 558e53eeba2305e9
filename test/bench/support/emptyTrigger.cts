/** Installs the empty community trigger beside our package, in the same way. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { installPackage } from '../../../scripts/real-n8n/pack.cts';
import { npm } from '../../../scripts/real-n8n/run.cts';

const SOURCE = join(__dirname, '../empty-trigger');

const packed = z.tuple([z.object({ filename: z.string() })]);

/** n8n finds it when it starts the next time. */
export async function installEmptyTrigger(userFolder: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'empty-trigger-'));
	try {
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
		const [{ filename }] = packed.parse(JSON.parse(await npm(args, { cwd: SOURCE })));
		await installPackage(join(folder, filename), userFolder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
