/**
 * Loaded into n8n before anything else: when the program that started n8n is gone, however it ended,
 * the pipe to n8n's standard input closes, and n8n ends with all that it started.
 */
const { isMainThread } = require('node:worker_threads');

// n8n's worker threads load this too and have an empty input of their own.
if (isMainThread) {
	process.execArgv = []; // what n8n forks is no group leader and needs no guard
	process.stdin.once('close', () => {
		if (process.platform === 'win32') process.exit(1);
		process.kill(-process.pid, 'SIGKILL');
	});
	process.stdin.resume();
	process.stdin.unref?.();
}
