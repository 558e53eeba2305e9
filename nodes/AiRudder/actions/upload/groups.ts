/** Entries by key, both in the order in which they came. */
export type Groups<Entry> = Map<string, Entry[]>;

export function addToGroup<Entry>(groups: Groups<Entry>, key: string, entry: Entry): void {
	const group = groups.get(key);
	if (group) group.push(entry);
	else groups.set(key, [entry]);
}

export function grouped<Entry>(entries: Entry[], keyOf: (entry: Entry) => string): Groups<Entry> {
	const groups: Groups<Entry> = new Map();
	for (const entry of entries) addToGroup(groups, keyOf(entry), entry);
	return groups;
}
