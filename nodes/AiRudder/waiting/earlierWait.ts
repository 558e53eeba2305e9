import type { IExecuteFunctions } from 'n8n-workflow';
import { pause } from '../transport/retry';

/** Where the execution keeps the end of its last wait. */
const KEY = 'AI Rudder: end of wait';

/** n8n looks once a minute for waits that end within 70 seconds. */
const TIMER_AHEAD_MS = 75_000;

/** A timer may be late. */
const MARGIN_MS = 2_000;

/**
 * n8n sets a timer for a wait that ends soon and keeps it when an outcome comes before: it would end
 * the next wait of the execution instead. So nobody else is dialled until that timer has gone by.
 */
export async function earlierTimer(context: IExecuteFunctions): Promise<void> {
	const left = Number(context.getContext('flow')[KEY]) + MARGIN_MS - Date.now();
	if (left > 0 && left < TIMER_AHEAD_MS) {
		await pause(left, context.getExecutionCancelSignal());
	}
}

export function noteWait(context: IExecuteFunctions, end: Date): void {
	context.getContext('flow')[KEY] = end.getTime();
}
