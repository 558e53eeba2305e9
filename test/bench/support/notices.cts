/** Signed call notices as the vendor sends them, each with calls of its own, ready to be sent. */
import { events } from '../../../simulator/events/index.cts';
import type { Body } from '../../../simulator/events/event.cts';
import { DEFAULTS } from '../../../simulator/options.cts';
import { sampleScene } from '../../../simulator/sample.cts';

/** One notice that reports so many calls. */
export function callNotice(calls: number, signingKey: string): Body {
	const scene = sampleScene('callCompletion', calls, 1);
	return events.callCompletion.build(scene, { ...DEFAULTS, signingKey });
}

export const callNotices = (count: number, calls: number, signingKey: string): string[] =>
	Array.from({ length: count }, () => JSON.stringify(callNotice(calls, signingKey)));
