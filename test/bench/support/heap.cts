/** What a running Node holds on its heap once the garbage is gone. */
import { z } from 'zod';
import { inspect } from './inspector.cts';

const usage = z.object({ usedSize: z.number() });

export const heapBytes = (inspector: string): Promise<number> =>
	inspect(inspector, async (ask) => {
		await ask('HeapProfiler.collectGarbage');
		return usage.parse(await ask('Runtime.getHeapUsage')).usedSize;
	});
