import { CALL_FIELDS } from './callFields';
import { isPayload, objects, read, scalars, text, totalOf, type Payload } from './read';

/** What marks a call, in the spellings of call notices and of the API-node push. */
const MARKS = [
	...[...CALL_FIELDS.callId, ...CALL_FIELDS.start, 'Intention'],
	// Those in a list of redials are no calls by themselves.
	...CALL_FIELDS.redials,
];

const isCall = (row: Payload): boolean => read(row, MARKS) !== null;

/**
 * The calls in an answer whose form is not known: one call, or lists of calls, either of them inside
 * other objects.
 */
export function callsIn(data: unknown): Payload[] {
	if (Array.isArray(data)) return callsInList(objects(data));
	if (!isPayload(data) || Object.keys(data).length === 0) return [];
	if (isCall(data)) return [data];
	const inside = Object.values(data).filter((value) => typeof value === 'object');
	const found = inside
		.map((value) => ({ value, calls: callsIn(value) }))
		.filter(({ calls }) => calls.length > 0);
	const marked = found.filter(({ calls }) => calls.some(isCall));
	if (marked.length > 1) return joined(marked.flatMap(({ calls }) => calls));
	if (marked.length === 1) return marked[0].calls;
	// Beside a list an object without marks is that of its pages, or of whom it is about.
	const listed = inside.some(Array.isArray);
	const unmarked = found.find(({ value }) => !listed || Array.isArray(value));
	const alone = inside.length === 0 && totalOf(data) !== 0 && Object.values(data).some(Boolean);
	return unmarked?.calls ?? (alone ? [data] : []);
}

/** Each of an answer's parts may say something of the same call. */
function joined(calls: Payload[]): Payload[] {
	const byId = new Map<unknown, Payload>();
	for (const call of calls) {
		const id = read(call, CALL_FIELDS.callId) ?? call;
		byId.set(id, { ...call, ...byId.get(id) });
	}
	return [...byId.values()];
}

/** Rows of which some hold calls are those of tasks or contacts: what they say goes with each call. */
function callsInList(rows: Payload[]): Payload[] {
	const held = rows.map((row) => {
		const calls = isCall(row) ? [] : callsIn(row);
		return calls.some(isCall) ? calls.map((call) => ({ ...callHead(scalars(row)), ...call })) : [];
	});
	if (held.every(({ length }) => length === 0)) return rows;
	return rows.flatMap((row, index) => (isCall(row) ? [row] : held[index]));
}

/** The call with this ID; one that comes by itself may do so without an ID. */
export function callWithId(calls: Payload[], callId: string): Payload | undefined {
	const idOf = (call: Payload) => text(read(call, CALL_FIELDS.callId));
	const [first, ...others] = calls;
	const alone = others.length === 0 && first !== undefined && idOf(first) === null;
	return alone ? first : calls.find((call) => idOf(call) === callId);
}

/** What an answer may say of a contact or a task without a call: whom it is about. */
export const ABOUT: readonly string[] = [
	...[CALL_FIELDS.caseId, CALL_FIELDS.phoneNumber, CALL_FIELDS.status],
	...[CALL_FIELDS.workflowId, CALL_FIELDS.workflowName, CALL_FIELDS.taskId, CALL_FIELDS.taskName],
	...[CALL_FIELDS.nodeTaskId, CALL_FIELDS.nodeTaskName],
].flat();

/** What stands beside the calls of a task; the status there is not that of a call. */
export const callHead = (head: Payload): Payload => ({
	...head,
	Status: null,
	status: null,
});
