/** What AI Rudder's staff does for a customer: the simulator reports to the triggers that the user has published. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { eventNames, type EventName, type Simulator } from '../../simulator/index.cts';
import type { N8nClient } from '../real-n8n/client.cts';
import { TRIGGER_TYPE } from './examples.cts';

const LOOK_MS = 1_000;

/** A published workflow that begins with an AI Rudder Trigger. */
export interface Listening {
	id: string;
	name: string;
	/** The trigger's name. */
	trigger: string;
	url: string;
	events: EventName[];
}

/** What the trigger has when its list of events was never touched. */
const selected = z.array(z.string()).catch(['callCompletion']);

/** Those changed last come last. */
async function publishedTriggers(client: N8nClient): Promise<Listening[]> {
	const workflows = await client.publishedWorkflows();
	return workflows.flatMap(({ id, name, nodes }) =>
		nodes
			.filter(({ type }) => type === TRIGGER_TYPE)
			.map((node) => {
				const names = selected.parse(node.parameters.events);
				const events = eventNames.filter((event) => names.includes(event));
				return { id, name, trigger: node.name, url: client.webhookUrl(node), events };
			}),
	);
}

/** Whose trigger gets an event. */
export async function receiverOf(
	client: N8nClient,
	event: EventName,
): Promise<Listening | undefined> {
	const listening = await publishedTriggers(client);
	return listening.findLast(({ events }) => events.includes(event));
}

/** AI Rudder knows one address for an event: that of the trigger changed last. Tells which get something new. */
function point(simulator: Simulator, listening: Listening[]): Set<Listening> {
	const chosen = new Map(
		listening.flatMap((each) => each.events.map((event) => [event, each] as const)),
	);
	const changed = new Set<Listening>();
	for (const event of eventNames) {
		const each = chosen.get(event);
		if (simulator.webhookUrls[event] === each?.url) continue;
		simulator.setWebhookUrl(event, each?.url);
		if (each) changed.add(each);
	}
	return changed;
}

/** Runs until aborted. Between two changes in n8n an address that was set otherwise stays. */
export async function reportToPublished(
	client: N8nClient,
	simulator: Simulator,
	tell: (listening: Listening) => void,
	signal: AbortSignal,
): Promise<void> {
	let known = '';
	while (!signal.aborted) {
		const listening = await publishedTriggers(client);
		const seen = JSON.stringify(listening);
		if (seen !== known) point(simulator, listening).forEach(tell);
		known = seen;
		await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
	}
}
