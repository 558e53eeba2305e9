/** Free ports on loopback. */
import { createServer } from 'node:net';

function tryPort(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
		});
	});
}

/** Whoever has been given one may take seconds to listen there. */
const given = new Set<number>();

/** The wished port when it is free, otherwise any; none is given twice. */
export async function freePort(wished = 0): Promise<number> {
	const port = (await tryPort(wished)) ?? (await tryPort(0));
	if (!port) throw new Error('No free port on 127.0.0.1.');
	if (given.has(port)) return freePort();
	given.add(port);
	return port;
}
