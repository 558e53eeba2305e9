/** The load balancer in front of n8n's queue mode: production webhooks in turn to their processes, the rest to main. */
import { createServer, request as send } from 'node:http';
import { once } from 'node:events';

/** As n8n's documentation has it; test webhooks are main's. */
const PRODUCTION = /^\/(webhook|webhook-waiting|form|form-waiting)\//;

export interface Balancer {
	url: string;
	/** Sends to these from now on. */
	lead(main: string, webhooks: readonly string[]): void;
	close(): Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
	let main = '';
	let webhooks: readonly string[] = [];
	let turn = 0;
	const targetOf = (path = ''): string =>
		PRODUCTION.test(path) ? webhooks[turn++ % webhooks.length] : main;

	const server = createServer((request, response) => {
		const { method, url, headers } = request;
		const onward = send(new URL(url ?? '/', targetOf(url)), { method, headers, agent: false });
		onward.on('response', (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
			answer.on('error', () => response.destroy());
		});
		onward.on('error', () => {
			if (response.headersSent) response.destroy();
			else response.writeHead(502).end();
		});
		response.on('close', () => onward.destroy());
		request.pipe(onward);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No port for the balancer.');
	return {
		url: `http://127.0.0.1:${address.port}`,
		lead(toMain, toWebhooks) {
			main = toMain;
			webhooks = toWebhooks;
		},
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
