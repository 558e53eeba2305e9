import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { number, object } from '../records/read';
import type { WebhookResponse } from './answers';
import type { Entry } from './entries';
import { Memory } from './memory';
import { isStored } from './outcome';
import type { TriggerSettings } from './settings';

/** How many entries n8n keeps over a restart; they are written with every notice. */
const KEPT_IN_WORKFLOW = 2_000;

/** One memory a trigger node, for all requests of this process. */
const memories = new Map<string, Memory>();

/** What of a notice has not been received before. */
export interface Unseen {
	entries: Entry[];
	/** 'Respond: Immediately' says here that nothing keeps the 200 back any more. */
	answered: () => void;
	/** Says that only these go on to n8n: the others have been handed over. */
	narrow: (entries: readonly Entry[]) => void;
}

/**
 * The entries that have not been received before, from now on remembered: as pending until it is known
 * whether AI Rudder gets a 200 for them, so that copies wait for that. `undefined` if it takes too long.
 */
export async function unseen(
	context: IWebhookFunctions,
	entries: Entry[],
	settings: TriggerSettings,
	deadline: number,
): Promise<Unseen | undefined> {
	const { nodeId, removeDuplicates, windowMs, respondAtOnce } = settings;
	// Whoever tries the test URL wants to see every notice.
	if (!removeDuplicates || context.getMode() === 'manual') {
		return { entries, answered: () => {}, narrow: () => {} };
	}

	const memory = memoryOf(context, nodeId);
	if (respondAtOnce) recall(context, memory);
	const claim = await memory.take(entries, windowMs, deadline);
	if (claim === undefined) return undefined;
	if (claim.entries.length > 0) {
		const response: WebhookResponse = context.getResponseObject();
		void isStored(response).then(claim.settle);
	}
	return {
		entries: claim.entries,
		narrow: claim.narrow,
		answered: () => {
			if (!respondAtOnce) return;
			claim.settle(true);
			keep(context, memory);
		},
	};
}

function memoryOf(context: IWebhookFunctions, nodeId: string): Memory {
	const key = JSON.stringify([context.getWorkflow().id, nodeId]);
	const known = memories.get(key);
	if (known) return known;
	for (const [other, memory] of memories) {
		if (memory.isEmpty()) memories.delete(other);
	}
	const memory = new Memory();
	memories.set(key, memory);
	return memory;
}

/**
 * The workflow's own data outlives a restart, but every request has its own copy and the last one
 * written wins: what is there is taken into the memory first, and all of it is written again.
 */
function recall(context: IWebhookFunctions, memory: Memory): void {
	const { seen } = context.getWorkflowStaticData('node');
	for (const [slot, value] of Object.entries(object(seen))) {
		const [at, eventId = slot] = String(value).split(' ');
		memory.add(slot, eventId, number(at) ?? 0);
	}
}

function keep(context: IWebhookFunctions, memory: Memory): void {
	const seen: IDataObject = {};
	for (const [slot, eventId, at] of memory.newest(KEPT_IN_WORKFLOW)) {
		seen[slot] = slot === eventId ? String(at) : `${at} ${eventId}`;
	}
	context.getWorkflowStaticData('node').seen = seen;
}
