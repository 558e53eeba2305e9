/** Sends one made-up notice of any event, on request. */
import { events, type EventName } from './events/index.cts';
import type { Body } from './events/event.cts';
import type { Delivery, Misbehaviour } from './outbox.cts';
import { sampleScene } from './sample.cts';
import { sign } from './signature.cts';
import type { World } from './world.cts';

export interface FireOptions extends Misbehaviour {
	/** Entries of an aggregated call notice. */
	calls?: number;
}

/** Resolves with the first attempt of each copy; repeats go on in the background. */
export async function fire(
	world: World,
	event: EventName,
	overrides: Body = {},
	url: string | undefined = world.outbox.urls[event],
	{ calls = 1, ...how }: FireOptions = {},
): Promise<Delivery[]> {
	if (url === undefined) throw new Error(`no URL is set for ${event}`);
	const scene = sampleScene(event, calls, world.options.seed);
	const body = merge(events[event].build(scene, world.options), overrides);
	// Another TaskID needs another Sign, unless that was given too.
	if (events[event].signature === 'sign' && !('Sign' in overrides)) {
		body.Sign = sign(String(body.TaskID), world.options.signingKey);
	}
	return await world.outbox.post(event, url, body, how);
}

/** Objects are merged, everything else is replaced. */
function merge(body: Body, overrides: Body): Body {
	const merged = { ...body };
	for (const [key, value] of Object.entries(overrides)) {
		const known = merged[key];
		merged[key] = isObject(known) && isObject(value) ? merge(known, value) : value;
	}
	return merged;
}

const isObject = (value: unknown): value is Body =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
