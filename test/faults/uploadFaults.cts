/** What each fault has to make of an upload: the states that are reported for the batch that meets it. */
import type { FaultCase } from './faultTable.cts';

/** First letters of uploaded, rejected, not sent, and `?` for unknown. */
export type Letter = 'u' | 'r' | 'n' | '?';

const BY_OUTCOME: Record<FaultCase['outcome'], Letter> = {
	broken: '?',
	empty: '?',
	forbidden: 'n',
	insecure: 'n',
	ok: 'u',
	page: '?',
	redirected: '?',
	refused: 'r',
	serverError: '?',
	throttled: 'u',
	timeout: '?',
	token: 'u',
	unavailable: '?',
	unknownCode: '?',
	unreachable: 'n',
	unreadable: '?',
};

/**
 * Of a batch that meets the fault once: a token is renewed, a throttled request waits and goes again.
 * Without data a new task has no ID, but contacts that were added need none.
 */
export const letterOf = ({ outcome }: FaultCase, creates: boolean): Letter =>
	outcome === 'empty' && !creates ? 'u' : BY_OUTCOME[outcome];
