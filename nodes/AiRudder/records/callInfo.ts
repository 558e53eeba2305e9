import { isPayload, objects, read, type Payload } from './read';

/** What marks a call, in the spellings of call notices and of the API-node push. */
const MARKS = ['CallID', 'call_id', 'callid', 'CallStartTime', 'call_start_time', 'Intention'];

/**
 * The calls in an answer whose form is not known: one call, a list of calls, or either of them inside
 * another object.
 */
export function callsIn(data: unknown): Payload[] {
	if (Array.isArray(data)) return objects(data);
	if (!isPayload(data) || Object.keys(data).length === 0) return [];
	if (read(data, MARKS) !== null) return [data];
	const inside = Object.values(data).filter((value) => typeof value === 'object');
	const calls = inside.map(callsIn).find(({ length }) => length > 0);
	return calls ?? (inside.length === 0 ? [data] : []);
}

/** What stands beside the calls of a task; the status there is not that of a call. */
export const callHead = (known: Payload, head: Payload): Payload => ({
	...known,
	...head,
	Status: null,
	status: null,
});
