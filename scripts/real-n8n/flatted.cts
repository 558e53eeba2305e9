/** Reads n8n's stored execution data: the `flatted` format, JSON in which every string is an index into one list. */

type Parsed = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Parsed =>
	typeof value === 'object' && value !== null;

export function parseFlatted(text: string): unknown {
	const list: unknown = JSON.parse(text);
	if (!Array.isArray(list)) throw new Error('Execution data is not in the flatted format.');
	const entries: unknown[] = list;
	const done = new Set<unknown>();

	const lookUp = (reference: unknown): unknown =>
		typeof reference === 'string' ? entries[Number(reference)] : reference;

	/** Containers are filled in place, so two references to one object stay one object. */
	const open: Parsed[] = [];
	const root = entries[0];
	if (isContainer(root)) open.push(root);
	for (let container = open.pop(); container; container = open.pop()) {
		if (done.has(container)) continue;
		done.add(container);
		for (const [key, reference] of Object.entries(container)) {
			const value = lookUp(reference);
			Reflect.set(container, key, value);
			if (isContainer(value)) open.push(value);
		}
	}
	return root;
}
