/** n8n in queue mode, as whoever has many calls runs it: a main process, webhook processes and workers. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { startN8n, type RunningN8n, type StartOptions } from '../start.cts';
import { startBalancer } from './balancer.cts';
import { openStores } from './stores.cts';

export const WEBHOOK_PROCESSES = 2;
const WORKERS = 2;

const SETTINGS = {
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
};

/** All of it at one address. `stop` ends its database, too, so that nothing can be started after it. */
export interface RunningQueue extends RunningN8n {
	readonly webhooks: readonly RunningN8n[];
	readonly workers: readonly RunningN8n[];
}

/** `<userFolder>/.n8n` holds what every process gets a copy of, such as installed packages. */
export async function startQueue({ userFolder, env }: StartOptions): Promise<RunningQueue> {
	const stores = await openStores();
	const balancer = await startBalancer();
	const running: RunningN8n[] = [];
	const all = (act: (one: RunningN8n) => Promise<void>) => Promise.all(running.map(act));

	async function start(command: StartOptions['command'], name: string): Promise<RunningN8n> {
		const folder = join(userFolder, name);
		await cp(join(userFolder, '.n8n'), join(folder, '.n8n'), { recursive: true });
		const own = { ...SETTINGS, ...stores.env, N8N_WEBHOOK_URL: `${balancer.url}/` };
		const n8n = await startN8n({ userFolder: folder, command, env: { ...own, ...env } });
		running.push(n8n);
		return n8n;
	}
	const several = (command: StartOptions['command'], count: number) =>
		Promise.all(Array.from({ length: count }, (_, index) => start(command, `${command}${index}`)));

	async function stop(): Promise<void> {
		await all((n8n) => n8n.stop());
		await balancer.close();
		await stores.close();
	}

	try {
		// The first one prepares the database.
		const main = await start('start', 'main');
		const [webhooks, workers] = await Promise.all([
			several('webhook', WEBHOOK_PROCESSES),
			several('worker', WORKERS),
		]);
		balancer.lead(
			main.url,
			webhooks.map(({ url }) => url),
		);
		return {
			url: balancer.url,
			userFolder,
			pid: main.pid,
			webhooks,
			workers,
			stop,
			async kill() {
				await all((n8n) => n8n.kill());
			},
			async restart() {
				await all((n8n) => n8n.stop());
				await all((n8n) => n8n.restart());
			},
			logs: () => running.map((n8n) => n8n.logs()).join('\n'),
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
