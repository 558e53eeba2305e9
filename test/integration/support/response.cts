/** The response that a trigger answers with: Node's own, on a connection that leads nowhere. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** A connection that takes all that is written to it. */
class Connection extends Socket {
	override _write(_chunk: unknown, _encoding: string, done: () => void): void {
		done();
	}

	override _writev(_chunks: unknown[], done: () => void): void {
		done();
	}
}

/** Node's response with the two methods of Express that n8n and the trigger use. */
export class Response extends ServerResponse {
	sent: unknown;

	readonly #connection = new Connection();

	constructor() {
		super(new IncomingMessage(new Connection()));
		this.assignSocket(this.#connection);
	}

	/** The sender is gone. */
	hangUp(): void {
		this.#connection.destroy();
	}

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	json(body: unknown): this {
		this.sent = body;
		this.end(JSON.stringify(body));
		return this;
	}
}
