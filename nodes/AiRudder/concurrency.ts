/** Does the work for all items, so many at a time, and gives the results in the items' order. */
export async function concurrently<Item, Result>(
	items: readonly Item[],
	atATime: number,
	work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const waiting = items.entries();
	const workThrough = async () => {
		for (const [index, item] of waiting) results[index] = await work(item, index);
	};
	await Promise.all(Array.from({ length: atATime }, workThrough));
	return results;
}
