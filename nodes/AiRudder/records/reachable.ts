import { isPayload, type Payload } from './read';

/** Property names that n8n refuses in expressions, and what they are called instead. */
const RENAMED = { callee: 'calleeData', caller: 'callerData' };

const isRefusedName = (key: string): key is keyof typeof RENAMED =>
	key === 'callee' || key === 'caller';

/** What is the vendor's stays as it came: a notice under `payload`, an answer under `response`. */
const UNTOUCHED = ['payload', 'response'];

/** The same record without the names that no expression could reach, at any depth. */
export function withReachableNames(record: Payload): Payload {
	if (!hasRefusedField(record)) return record;
	const untouched = Object.entries(record).filter(([key]) => UNTOUCHED.includes(key));
	return { ...objectWithReachableNames(record), ...Object.fromEntries(untouched) };
}

// What follows runs over every field of every call: no lists of them are made.
function hasRefusedField(record: Payload): boolean {
	for (const key in record) {
		if (UNTOUCHED.includes(key)) continue;
		if (isRefusedName(key) || hasRefusedName(record[key])) return true;
	}
	return false;
}

function hasRefusedName(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(hasRefusedName);
	if (!isPayload(value)) return false;
	for (const key in value) {
		if (isRefusedName(key) || hasRefusedName(value[key])) return true;
	}
	return false;
}

function rename(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(rename);
	if (typeof value !== 'object' || value === null) return value;
	return objectWithReachableNames(value);
}

function objectWithReachableNames(object: object): Payload {
	const entries = Object.entries(object).map(([key, inner]) => [
		nameOf(key, object),
		rename(inner),
	]);
	return Object.fromEntries(entries);
}

/** A name that nothing else in the object has. */
function nameOf(key: string, object: object): string {
	if (!isRefusedName(key)) return key;
	let name: string = RENAMED[key];
	while (Object.hasOwn(object, name)) name += '_';
	return name;
}
