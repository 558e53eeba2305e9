/** The API's port, which can be shut for a while and opened again at the same place. */
import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Closed, type Clock } from './clock.cts';

export class Listener {
	#app?: FastifyInstance;
	#port = 0;
	#pausing?: Promise<void>;

	constructor(private readonly where: { port: number; host: string }) {}

	get url(): string {
		return `http://${this.where.host}:${this.#port}`;
	}

	async start(app: FastifyInstance): Promise<void> {
		this.#app = app;
		await app.listen({ port: this.where.port, host: this.where.host });
		const address = app.server.address();
		if (address && typeof address === 'object') this.#port = address.port;
	}

	/** For `ms` real milliseconds a connection is refused; those that are open are cut. */
	pause(clock: Clock, ms: number): void {
		const server = this.#app?.server;
		if (!server || this.#pausing) return;
		this.#pausing = this.#pause(server, clock, ms).finally(() => (this.#pausing = undefined));
	}

	async #pause(server: Server, clock: Clock, ms: number): Promise<void> {
		const closed = new Promise((resolve) => server.close(resolve));
		server.closeAllConnections();
		await closed;
		try {
			await clock.waitReal(ms);
		} catch (error) {
			if (error instanceof Closed) return;
			throw error;
		}
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(this.#port, this.where.host, () => {
				server.off('error', reject);
				resolve();
			});
		});
	}

	async close(): Promise<void> {
		await this.#pausing;
		await this.#app?.close();
	}
}
