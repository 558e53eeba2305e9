import { isPayload } from '../records/read';
import { needed, record, type Field, type Fields } from './events/fields';

const MOST = 20;

const WORDS: Record<string, string> = {
	boolean: 'true or false',
	list: 'a list',
	null: 'empty',
	number: 'a number',
	object: 'an object',
	text: 'text',
};

/**
 * What of an object does not fit what AI Rudder documents, in plain words and without the values. The
 * object goes on all the same.
 */
export function problemsOf(fields: Fields, value: unknown, place = ''): string[] {
	const found: Found = { problems: [], more: 0 };
	check(needed(record(fields)), value, '', place, found);
	const { problems, more } = found;
	return more > 0 ? [...problems, `${more} more fields are not as documented`] : problems;
}

interface Found {
	problems: string[];
	/** Of which no words are made. */
	more: number;
}

/** Runs over every field of every call: nothing is made of what fits. */
function check(
	{ kind, needed: isNeeded, fields, each }: Field,
	value: unknown,
	place: string,
	name: string | number,
	found: Found,
): void {
	if (!isNeeded && (value === undefined || value === null)) return;
	if (!fits(kind, value)) {
		if (found.problems.length === MOST) {
			found.more++;
			return;
		}
		const field = `'${join(place, name)}'`;
		const is = `${field} is ${WORDS[kindOf(value)]} instead of ${WORDS[kind]}`;
		found.problems.push(value === undefined ? `${field} is missing` : is);
	} else if (each && Array.isArray(value)) {
		const own = join(place, name);
		for (let at = 0; at < value.length; at++) check(each, value[at], own, at, found);
	} else if (fields && isPayload(value)) {
		const own = join(place, name);
		for (const inner in fields) check(fields[inner], value[inner], own, inner, found);
	}
}

const join = (place: string, name: string | number) =>
	place === '' ? `${name}` : `${place}.${name}`;

function fits(kind: Field['kind'], value: unknown): boolean {
	if (kind === 'object') return isPayload(value);
	if (kind === 'list') return Array.isArray(value);
	return typeof value === (kind === 'text' ? 'string' : kind);
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'list';
	return typeof value === 'string' ? 'text' : typeof value;
}
