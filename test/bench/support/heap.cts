/** What a running Node holds on its heap once the garbage is gone, asked through its inspector. */
import { once } from 'node:events';
import { WebSocket } from 'undici';
import { z } from 'zod';

/** For the environment of a Node that is to be asked: the inspector at any free port. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

const answer = z.object({
	id: z.number(),
	result: z.object({ usedSize: z.number().optional() }),
});

const COLLECT = { id: 1, method: 'HeapProfiler.collectGarbage' };
const MEASURE = { id: 2, method: 'Runtime.getHeapUsage' };

/** Where the inspector listens, as Node says when it starts. */
export function inspectorUrl(log: string): string {
	const url = /Debugger listening on (ws:\S+)/.exec(log)?.[1];
	if (url === undefined) throw new Error('The inspector is not open.');
	return url;
}

export async function heapBytes(inspector: string): Promise<number> {
	const socket = new WebSocket(inspector);
	await once(socket, 'open');
	try {
		return await new Promise((resolve, reject) => {
			socket.addEventListener('error', () => reject(new Error('The inspector has gone.')));
			socket.addEventListener('message', ({ data }) => {
				const { id, result } = answer.parse(JSON.parse(String(data)));
				if (id === COLLECT.id) socket.send(JSON.stringify(MEASURE));
				else resolve(result.usedSize ?? NaN);
			});
			socket.send(JSON.stringify(COLLECT));
		});
	} finally {
		socket.close();
	}
}
