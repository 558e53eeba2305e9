/** Locks n8n's database from outside, so that n8n cannot store anything for a while. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { ensureN8n } from '../../../scripts/real-n8n/install.cts';

const HOLD = `
	const { Database } = require('sqlite3');
	const database = new Database(process.argv[1]);
	const end = (error) => { if (error) throw error; process.exit(0); };
	database.configure('busyTimeout', 10000);
	database.exec('BEGIN EXCLUSIVE', (error) => error ? end(error) : process.stdout.write('locked'));
	process.stdin.on('data', () => database.exec('ROLLBACK', end));
`;

/** Resolves once the database is locked; the result unlocks it. */
export async function lockDatabase(userFolder: string): Promise<() => Promise<void>> {
	const { node, script } = await ensureN8n();
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const holder = spawn(node, ['-e', HOLD, file], {
		// With n8n's own driver: not every Node brings one.
		cwd: dirname(script),
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const exit = once(holder, 'exit');
	const failed = exit.then(([code]) => {
		throw new Error(`The database was not locked: its holder ended with ${code}.`);
	});
	await Promise.race([once(holder.stdout, 'data'), failed]);
	return async () => {
		holder.stdin.write('unlock');
		await exit;
	};
}
