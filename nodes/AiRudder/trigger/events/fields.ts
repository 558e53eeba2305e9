/** What AI Rudder documents of one value. */
export interface Field {
	kind: 'text' | 'number' | 'object' | 'list';
	/** It tells the event apart: all others may be missing or null. */
	needed: boolean;
	/** Of an object. */
	fields?: Fields;
	/** Of a list: what each of its values is. */
	each?: Field;
}

export type Fields = { readonly [name: string]: Field };

// All have the same members: they are read for every field of every call.
const field = (kind: Field['kind'], fields?: Fields, each?: Field): Field => ({
	kind,
	needed: false,
	fields,
	each,
});

export const text = field('text');
export const number = field('number');
export const list = field('list');
export const record = (fields: Fields = {}): Field => field('object', fields);
export const rows = (fields: Fields = {}): Field =>
	field('list', undefined, needed(record(fields)));

export function needed(field: Field): Field {
	return { ...field, needed: true };
}
