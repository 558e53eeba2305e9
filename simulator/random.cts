/** Seeded chance for outcomes (by what is asked, never by when), and fresh ids for everything else. */
import { createHash, randomBytes, randomInt } from 'node:crypto';

export interface Random {
	/** 0 <= x < 1 */
	next(): number;
	/** Whole number from low to high, both included. */
	between(low: number, high: number): number;
	pick<T>(choices: readonly T[]): T;
}

/** The same parts give the same sequence, whatever else happens in the simulator. */
export function seeded(...parts: Array<string | number>): Random {
	let state = createHash('md5').update(JSON.stringify(parts)).digest().readUInt32LE(0);
	// mulberry32: small and well spread, all that a simulation needs.
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		next,
		between: (low, high) => low + Math.floor(next() * (high - low + 1)),
		pick: (choices) => choices[Math.floor(next() * choices.length)],
	};
}

// Ids are random, not seeded: two simulators of one seed must not look like repeats of each other.
export const hexId = (): string => randomBytes(16).toString('hex');

let lastNumber = randomInt(1_000_000_000, 2_000_000_000);
export const numberId = (): number => ++lastNumber;
