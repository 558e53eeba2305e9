/** Runs a server of Debian's packages on loopback for as long as this program lives. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, type Account } from '../run.cts';

const READY_MS = 60_000;
const STOP_MS = 10_000;
const POLL_MS = 50;
const KEPT_LOG = 100_000;

/** The pipe to the shell's input is the server's lifeline: it closes however this program ends. */
const GUARD =
	'signal=$1; shift; exec 3<&0; "$@" & server=$!; { read -r _ <&3; kill -"$signal" "$server"; } & wait "$server"';

export interface ServerOptions {
	command: readonly string[];
	folder: string;
	port: number;
	/** What ends it without waiting for those that are connected. */
	signal: 'INT' | 'TERM';
	account?: Account;
}

function isOpen(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}

/** Resolves once its port is open; the result ends it. */
export async function startServer(options: ServerOptions): Promise<() => Promise<void>> {
	const { command, folder, port, signal, account } = options;
	const child = spawn('sh', ['-c', GUARD, 'sh', signal, ...command], {
		cwd: folder,
		stdio: 'pipe',
		...account,
	});
	let log = '';
	const keep = (chunk: Buffer): void => {
		log = (log + chunk.toString()).slice(-KEPT_LOG);
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	child.stdin.on('error', () => undefined);
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const end = async (): Promise<void> => {
		child.stdin.end();
		await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
	};
	const until = Date.now() + READY_MS;
	while (!(await isOpen(port))) {
		if (child.exitCode !== null || Date.now() > until) {
			await end();
			throw new Error(`${command[0]} did not start:\n${lastLines(log)}`);
		}
		await sleep(POLL_MS);
	}
	return end;
}
