/** Installs the empty community trigger beside our package, in the same way. */
import { deepStrictEqual } from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { callCompletion } from '../../../nodes/AiRudder/trigger/events/callCompletion.ts';
import { installPackage } from '../../../scripts/real-n8n/pack.cts';
import { npm } from '../../../scripts/real-n8n/run.cts';
import { recordsOf } from '../empty-trigger/records.js';
import { callNotice } from './notices.cts';

const SOURCE = join(__dirname, '../empty-trigger');

/** The calls of the largest notice that is measured. */
const CALLS = 200;

const packed = z.tuple([z.object({ filename: z.string() })]);

const withoutOwnFields = (record: object) => ({ ...record, eventId: '', receivedAt: '' });

/** The floor says what our items cost only as long as its own are the same. */
function checkRecords(): void {
	const notice = callNotice(CALLS, '');
	const calls: unknown[] = Array.isArray(notice.Details) ? notice.Details : [];
	const ours = calls.map((call) => ({
		event: callCompletion.option.value,
		...callCompletion.toRecord(notice, call),
	}));
	deepStrictEqual(recordsOf(notice).map(withoutOwnFields), ours.map(withoutOwnFields));
}

/** n8n finds it when it starts the next time. */
export async function installEmptyTrigger(userFolder: string): Promise<void> {
	checkRecords();
	const folder = await mkdtemp(join(tmpdir(), 'empty-trigger-'));
	try {
		await cp(SOURCE, folder, { recursive: true });
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
		const [{ filename }] = packed.parse(JSON.parse(await npm(args, { cwd: folder })));
		await installPackage(join(folder, filename), userFolder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
