/** Follows a workflow's executions and reports every call outcome that its trigger put out, once. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient } from '../real-n8n/client.cts';
import { outputOf, RUNNING } from '../real-n8n/execution.cts';

const LOOK_MS = 500;

export type Outcome = Record<string, unknown>;

/** Runs until aborted. Executions from before the start are not reported. */
export async function followOutcomes(
	client: N8nClient,
	workflowId: string,
	trigger: string,
	report: (outcome: Outcome) => void,
	signal: AbortSignal,
): Promise<void> {
	const seen = new Set((await client.executions(workflowId)).map(({ id }) => id));
	while (!signal.aborted) {
		for (const { id, status } of await client.executions(workflowId)) {
			if (seen.has(id) || RUNNING.includes(status)) continue;
			seen.add(id);
			for (const { json } of outputOf(await client.execution(id), trigger)) report(json);
		}
		await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
	}
}

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** One line for a person: who was called, and what came of it. */
export function describeOutcome(outcome: Outcome): string {
	const answered = outcome.answered === true;
	const parts = [
		text(outcome.phoneNumber).padEnd(14),
		answered ? 'answered    ' : 'not answered',
		answered ? `${text(outcome.talkSeconds)} s talk` : text(outcome.ringResult),
		answered && `intention ${text(outcome.intention)}`,
	];
	return `  ${parts.filter(Boolean).join('  ')}`;
}
