/** The second host: recordings live here, redirects lead here, and our token has no business here. */
import { fastify, type FastifyInstance } from 'fastify';
import type { World } from './world.cts';
import { wav, wavBytes } from './wav.cts';

export interface OtherHostRequest {
	method: string;
	path: string;
	/** True when the token followed to a host that it was not meant for. */
	withToken: boolean;
	at: Date;
}

export class OtherHost {
	readonly requests: OtherHostRequest[] = [];
	readonly #app: FastifyInstance;

	constructor(private readonly world: World) {
		this.#app = fastify({ forceCloseConnections: true });
		this.#app.removeAllContentTypeParsers();
		this.#app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
			done(null, body);
		});
		this.#app.addHook('onRequest', async (request) => {
			const withToken = request.headers.authorization !== undefined;
			this.requests.push({ method: request.method, path: request.url, withToken, at: new Date() });
		});
		this.#app.get<{ Params: { file: string } }>('/recordings/:file', async (request, reply) => {
			// A pre-signed link refuses a second way of authorising, as object stores do.
			if (request.headers.authorization !== undefined) {
				return reply.code(400).type('application/xml').send(problem('InvalidArgument'));
			}
			const entry = this.world.state.calls.get(request.params.file.replace(/\.wav$/, ''));
			if (!entry || entry.call.recordingReadyAt > Date.now()) {
				// How "not ready" looks is assumed: as if there were no such object yet.
				return reply.code(404).type('application/xml').send(problem('NoSuchKey'));
			}
			const { recordingBytes } = this.world.options;
			return reply
				.type('audio/wav')
				.header('content-length', wavBytes(recordingBytes))
				.send(wav(recordingBytes));
		});
		// A success in the vendor's clothes: whoever follows a redirect here believes it.
		this.#app.all('/*', async () => ({ data: { other_host: true }, status: 'OK', code: 200 }));
	}

	/** Another name than the API's, so that clients see another host and not only another port. */
	get url(): string {
		const address = this.#app.server.address();
		return `http://localhost:${address && typeof address === 'object' ? address.port : 0}`;
	}

	async listen(): Promise<void> {
		await this.#app.listen({ port: 0, host: 'localhost' });
	}

	async close(): Promise<void> {
		await this.#app.close();
	}
}

const problem = (code: string): string =>
	`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`;
