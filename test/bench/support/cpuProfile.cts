/** Where a running Node spends its time. */
import { z } from 'zod';
import { inspect } from './inspector.cts';

const SAMPLE_US = 200;

const answer = z.object({
	profile: z.object({
		nodes: z.array(
			z.object({
				id: z.number(),
				callFrame: z.object({ functionName: z.string(), url: z.string() }),
			}),
		),
		samples: z.array(z.number()),
		timeDeltas: z.array(z.number()),
	}),
});

/** A function that ran; those of V8 itself have no address. */
export interface Frame {
	functionName: string;
	url: string;
}

/** Milliseconds by part while `work` goes on: of the function that ran, not of what called it. */
export async function timeByPart(
	inspector: string,
	partOf: (frame: Frame) => string,
	work: () => Promise<unknown>,
): Promise<Map<string, number>> {
	const { profile } = await inspect(inspector, async (ask) => {
		await ask('Profiler.enable');
		await ask('Profiler.setSamplingInterval', { interval: SAMPLE_US });
		await ask('Profiler.start');
		await work();
		return answer.parse(await ask('Profiler.stop'));
	});
	const parts = new Map(profile.nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]));
	const times = new Map<string, number>();
	for (const [index, id] of profile.samples.entries()) {
		const part = parts.get(id) ?? '';
		times.set(part, (times.get(part) ?? 0) + profile.timeDeltas[index] / 1000);
	}
	return times;
}
