/** Installs the empty community trigger beside our package, in the same way. */
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { callCompletion } from '../../../nodes/AiRudder/trigger/events/callCompletion.ts';
import { installPackage } from '../../../scripts/real-n8n/pack.cts';
import { npm } from '../../../scripts/real-n8n/run.cts';
import { callNotice } from './notices.cts';

const SOURCE = join(__dirname, '../empty-trigger');

/** The calls of the largest notice that is measured. */
const CALLS = 200;

const packed = z.tuple([z.object({ filename: z.string() })]);

/** Items of as many calls, as AI Rudder Trigger gives them. */
function records(): unknown[] {
	const notice = callNotice(CALLS, '');
	const calls: unknown[] = Array.isArray(notice.Details) ? notice.Details : [];
	return calls.map((call) => ({
		event: callCompletion.option.value,
		...callCompletion.toRecord(notice, call),
		eventId: randomUUID().replaceAll('-', ''),
		receivedAt: new Date().toISOString(),
	}));
}

/** n8n finds it when it starts the next time. */
export async function installEmptyTrigger(userFolder: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'empty-trigger-'));
	try {
		await cp(SOURCE, folder, { recursive: true });
		await writeFile(join(folder, 'records.json'), JSON.stringify(records()));
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
		const [{ filename }] = packed.parse(JSON.parse(await npm(args, { cwd: folder })));
		await installPackage(join(folder, filename), userFolder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
