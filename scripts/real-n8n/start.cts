/** Starts the installed n8n on a user folder, waits until it answers, and makes sure that it ends. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureN8n } from './install.cts';
import { freePort } from './ports.cts';
import { RELEASE } from './release.cts';
import { lastLines } from './run.cts';

const READY_MS = 180_000;
const STOP_MS = 20_000;
const POLL_MS = 200;
const KEPT_LOG = 1_000_000;

/** Settings of the surrounding shell (or of jest and npm) that would change how n8n behaves. */
const FOREIGN = /^(N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_URL|npm_|NODE_|JEST_)/;

type Command = 'start' | 'webhook' | 'worker';

export interface StartOptions {
	/** n8n keeps its data in `<userFolder>/.n8n`. */
	userFolder: string;
	/** Which of n8n's processes; all but the first are for queue mode. */
	command?: Command;
	/** Taken when free, otherwise another one. */
	port?: number;
	env?: Readonly<Record<string, string>>;
}

export interface RunningN8n {
	readonly url: string;
	readonly userFolder: string;
	/** The id of n8n's main process, which is also its group's. */
	readonly pid: number;
	/** Ends n8n as a user would, and its group if it does not. */
	stop(): Promise<void>;
	/** Ends n8n like a power cut. */
	kill(): Promise<void>;
	/** Stops n8n if it still runs and starts it on the same folder and address. */
	restart(): Promise<void>;
	/** What n8n has printed, most recent last. */
	logs(): string;
}

function settings(userFolder: string, port: number, brokerPort: number): Record<string, string> {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		QUEUE_HEALTH_CHECK_PORT: String(port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_ENCRYPTION_KEY: 'for-local-tests-and-the-demo-only',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		DB_TYPE: 'sqlite',
		GENERIC_TIMEZONE: 'UTC',
		...RELEASE.settings,
	};
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform === 'win32')
			spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
		else process.kill(-child.pid, signal);
	} catch {
		// The whole group has ended already.
	}
}

const hasEnded = (child: ChildProcess): boolean =>
	child.exitCode !== null || child.signalCode !== null;

async function waitForEnd(child: ChildProcess, milliseconds: number): Promise<boolean> {
	const until = Date.now() + milliseconds;
	while (!hasEnded(child) && Date.now() < until) await sleep(50);
	return hasEnded(child);
}

/** Where a process tells that it is ready; only the first has the REST interface. */
const READY_AT: Record<Command, string> = {
	start: '/rest/settings',
	webhook: '/healthz/readiness',
	worker: '/healthz/readiness',
};

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		const text = await response.text();
		// While it migrates its database n8n answers every path with 200 and a plain text.
		return response.status === 200 && text.startsWith('{');
	} catch {
		return false;
	}
}

class N8nProcess implements RunningN8n {
	readonly url: string;
	private child?: ChildProcess;
	private log = '';

	constructor(
		private readonly program: { node: string; script: string },
		private readonly command: Command,
		readonly userFolder: string,
		port: number,
		private readonly env: NodeJS.ProcessEnv,
	) {
		this.url = `http://127.0.0.1:${port}`;
	}

	get pid(): number {
		return this.child?.pid ?? 0;
	}

	/** Last resort: this program ends without having stopped n8n. */
	private readonly onExit = (): void => {
		if (this.child) endGroup(this.child, 'SIGKILL');
	};

	async start(): Promise<void> {
		const child = spawn(
			this.program.node,
			['--require', join(__dirname, 'guard.cjs'), this.program.script, this.command],
			{
				cwd: this.userFolder,
				env: this.env,
				detached: process.platform !== 'win32',
				stdio: 'pipe',
			},
		);
		this.child = child;
		process.once('exit', this.onExit);
		const keep = (chunk: Buffer): void => {
			this.log = (this.log + chunk.toString()).slice(-KEPT_LOG);
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.stdin.on('error', () => undefined);
		child.once('error', (error) => keep(Buffer.from(`${error.message}\n`)));
		await this.waitUntilReady(child);
	}

	private async waitUntilReady(child: ChildProcess): Promise<void> {
		const until = Date.now() + READY_MS;
		while (!(await answers(`${this.url}${READY_AT[this.command]}`))) {
			const ended = hasEnded(child) || child.pid === undefined;
			if (ended || Date.now() > until) {
				await this.kill();
				const why = ended
					? `ended while starting (${child.signalCode ?? child.exitCode})`
					: `did not answer within ${READY_MS / 1000} s`;
				throw new Error(`n8n ${why}. Its last words:\n${lastLines(this.log)}`);
			}
			await sleep(POLL_MS);
		}
	}

	private async end(signal: NodeJS.Signals): Promise<void> {
		const child = this.child;
		if (!child) return;
		if (!hasEnded(child)) endGroup(child, signal);
		await waitForEnd(child, STOP_MS);
		// Whatever is left of the group, n8n's task runner for one, goes with it.
		endGroup(child, 'SIGKILL');
		await waitForEnd(child, STOP_MS);
		process.removeListener('exit', this.onExit);
		this.child = undefined;
	}

	stop(): Promise<void> {
		return this.end('SIGTERM');
	}

	kill(): Promise<void> {
		return this.end('SIGKILL');
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	logs(): string {
		return this.log;
	}
}

export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const program = await ensureN8n();
	const port = await freePort(options.port);
	const brokerPort = await freePort();
	await mkdir(options.userFolder, { recursive: true });
	const own = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)),
	);
	const env = { ...own, ...settings(options.userFolder, port, brokerPort), ...options.env };
	const { command = 'start', userFolder } = options;
	const n8n = new N8nProcess(program, command, userFolder, port, env);
	await n8n.start();
	return n8n;
}
