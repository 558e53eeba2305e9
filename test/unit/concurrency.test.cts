import { setTimeout as sleep } from 'node:timers/promises';
import { concurrently } from '../../nodes/AiRudder/concurrency.ts';

test('keeps the order of the items, and never does more at a time than it may', async () => {
	let underWay = 0;
	let most = 0;

	const doubled = await concurrently([5, 1, 4, 2, 3, 0], 2, async (item, index) => {
		most = Math.max(most, ++underWay);
		await sleep(item);
		underWay--;
		return [index, item * 2];
	});

	expect(doubled).toEqual([
		[0, 10],
		[1, 2],
		[2, 8],
		[3, 4],
		[4, 6],
		[5, 0],
	]);
	expect(most).toBe(2);
});

test('nothing to do is done', async () => {
	expect(await concurrently([], 3, async () => 'never')).toEqual([]);
});

test('one at a time ends with the first failure', async () => {
	const begun: number[] = [];
	const work = concurrently([1, 2, 3], 1, async (item) => {
		begun.push(item);
		if (item === 2) throw new Error('as intended');
	});

	await expect(work).rejects.toThrow('as intended');
	expect(begun).toEqual([1, 2]);
});
