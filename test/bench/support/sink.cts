/**
 * A vendor that does nothing but answer after its latency and count: the simulator takes half as long
 * to check and to plan 500 contacts as n8n takes to send them, and that would be measured along.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Sink {
	url: string;
	/** Without the logins. */
	requests: number;
	contacts: number;
	close(): Promise<void>;
}

const WORKFLOW_ID = '0123456789abcdef0123456789abcdef';

const contactsIn = (body: string): number => body.split('"callee":').length - 1;

export async function startSink(latencyMs: number): Promise<Sink> {
	const answer = async (request: IncomingMessage): Promise<object> => {
		const body = await text(request);
		await sleep(latencyMs);
		if (request.url?.endsWith('/auth')) return { token: 'a-token' };
		sink.requests++;
		sink.contacts += contactsIn(body);
		return { workflow_id: WORKFLOW_ID };
	};
	const server = createServer((request, response) => {
		answer(request).then(
			(data) => {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify({ data, status: 'OK', code: 200 }));
			},
			() => response.destroy(),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = address && typeof address === 'object' ? address.port : 0;
	const sink: Sink = {
		url: `http://127.0.0.1:${port}`,
		requests: 0,
		contacts: 0,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
	return sink;
}
