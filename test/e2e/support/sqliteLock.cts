/** Locks n8n's database from outside, so that n8n cannot store anything for a while. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensureN8n } from '../../../scripts/real-n8n/install.cts';

const HOLD = `
	const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1]);
	database.exec('PRAGMA busy_timeout = 10000; BEGIN EXCLUSIVE');
	process.stdout.write('locked');
	process.stdin.on('data', () => { database.exec('ROLLBACK'); process.exit(0); });
`;

/** Resolves once the database is locked; the result unlocks it. */
export async function lockDatabase(userFolder: string): Promise<() => Promise<void>> {
	const { node } = await ensureN8n();
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const holder = spawn(node, ['--no-warnings', '-e', HOLD, file], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	await once(holder.stdout, 'data');
	return async () => {
		holder.stdin.write('unlock');
		await once(holder, 'exit');
	};
}
