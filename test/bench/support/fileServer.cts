/** Gives sound files of any size without holding them: `/<bytes>/<name>.wav`. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const CHUNK = Buffer.alloc(64 * 1024);

function* chunks(bytes: number): Generator<Buffer> {
	for (let left = bytes; left > 0; left -= CHUNK.length) {
		yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
	}
}

export interface FileServer {
	urlOf(bytes: number, name: string): string;
	close(): Promise<void>;
}

export async function startFileServer(): Promise<FileServer> {
	const server = createServer((request, response) => {
		const bytes = Number(request.url?.split('/')[1]);
		response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': bytes });
		// A client that hangs up is no failure of the server.
		pipeline(Readable.from(chunks(bytes)), response).catch(() => undefined);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = address && typeof address === 'object' ? address.port : 0;
	return {
		urlOf: (bytes, name) => `http://127.0.0.1:${port}/${bytes}/${name}.wav`,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
