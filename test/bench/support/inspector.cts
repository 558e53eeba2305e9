/** What a running Node tells of itself through its inspector. */
import { once } from 'node:events';
import { WebSocket } from 'undici';
import { z } from 'zod';

/** For the environment of a Node that is to be asked: the inspector at any free port. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

/** Where the inspector listens, as Node says when it starts. */
export function inspectorUrl(log: string): string {
	const url = /Debugger listening on (ws:\S+)/.exec(log)?.[1];
	if (url === undefined) throw new Error('The inspector is not open.');
	return url;
}

const answer = z.object({ id: z.number(), result: z.unknown() });

/** Gives a command to the inspector, resolves with its answer. */
export type Ask = (method: string, parameters?: Record<string, unknown>) => Promise<unknown>;

export async function inspect<T>(url: string, work: (ask: Ask) => Promise<T>): Promise<T> {
	const socket = new WebSocket(url);
	await once(socket, 'open');
	let asked = 0;
	const ask: Ask = (method, params) =>
		new Promise((resolve, reject) => {
			const id = ++asked;
			socket.addEventListener('error', () => reject(new Error('The inspector has gone.')));
			socket.addEventListener('message', ({ data }) => {
				const message = answer.safeParse(JSON.parse(String(data)));
				if (message.data?.id === id) resolve(message.data.result);
			});
			socket.send(JSON.stringify({ id, method, params }));
		});
	try {
		return await work(ask);
	} finally {
		socket.close();
	}
}
