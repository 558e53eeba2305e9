import type { Entry } from './entries';
import { LONGEST_WAIT_MS, passed } from './outcome';

/** About as many calls as a busy instance receives in the time in which AI Rudder repeats. */
const MOST = 100_000;

/** One entry that was seen. */
interface Remembered {
	eventId: string;
	/** Epoch milliseconds. */
	at: number;
	/** Set until it is known whether n8n has stored it. */
	claim?: Claim;
}

/** The entries that one copy of a notice has taken upon itself. */
export interface Claim {
	entries: Entry[];
	/** Says how it ended: what was not stored is forgotten, so that a repeat of it is taken. */
	settle: (stored: boolean) => void;
	/** Only these are still to be stored: the others have been handed over, whatever becomes of these. */
	narrow: (entries: readonly Entry[]) => void;
	/** Resolves when it has ended. */
	settled: Promise<void>;
	/** Epoch milliseconds after which it counts as not stored. */
	expiresAt: number;
}

/** What a trigger node has received in the last time. */
export class Memory {
	private readonly seen = new Map<string, Remembered>();

	/** The window of its node, as it was last set. */
	private windowMs = 0;

	/**
	 * Takes those entries that no other copy has taken. An entry that another copy is still storing is
	 * waited for; `undefined` if that takes longer than until `deadline` (epoch ms).
	 */
	async take(entries: Entry[], windowMs: number, deadline: number): Promise<Claim | undefined> {
		this.windowMs = windowMs;
		for (;;) {
			const pending = this.pendingClaims(entries);
			if (pending.length === 0) return this.claim(entries);
			const left = deadline - Date.now();
			if (left <= 0) return undefined;
			await Promise.race([Promise.all(pending.map(({ settled }) => settled)), passed(left)]);
		}
	}

	/** Takes over what was remembered elsewhere. */
	add(slot: string, eventId: string, at: number): void {
		const known = this.seen.get(slot);
		if (known === undefined || (known.claim === undefined && known.at < at)) {
			this.seen.set(slot, { eventId, at });
		}
	}

	/** The newest entries, oldest first, without those that may still be forgotten. */
	newest(count: number): Array<[slot: string, eventId: string, at: number]> {
		return [...this.seen]
			.slice(-count)
			.flatMap(([slot, { eventId, at, claim }]) => (claim ? [] : [[slot, eventId, at]]));
	}

	isEmpty(): boolean {
		this.forgetOld();
		return this.seen.size === 0;
	}

	private pendingClaims(entries: Entry[]): Claim[] {
		const claims = new Set<Claim>();
		for (const entry of entries) {
			const claim = this.repeated(entry)?.claim;
			if (claim === undefined) continue;
			// Neither stored nor refused in all that time: a repeat has to be taken.
			if (Date.now() > claim.expiresAt) claim.settle(false);
			else claims.add(claim);
		}
		return [...claims];
	}

	/** What an entry is a repeat of. */
	private repeated({ slot, eventId }: Entry): Remembered | undefined {
		const known = this.seen.get(slot);
		const window = slot === eventId ? this.windowMs : Math.min(this.windowMs, STATE_WINDOW_MS);
		const isRepeat = known?.eventId === eventId && Date.now() - known.at < window;
		return isRepeat ? known : undefined;
	}

	private claim(candidates: Entry[]): Claim {
		this.forgetOld();
		let resolve = () => {};
		const settled = new Promise<void>((done) => (resolve = done));
		const taken = new Map<Entry, Remembered>();
		const claim: Claim = {
			entries: [],
			settled,
			expiresAt: Date.now() + LONGEST_WAIT_MS,
			settle: (stored) => {
				for (const [{ slot }, remembered] of taken) {
					remembered.claim = undefined;
					// Another copy may hold the slot by now.
					if (!stored && this.seen.get(slot) === remembered) this.seen.delete(slot);
				}
				resolve();
			},
			narrow: (left) => {
				for (const [entry, remembered] of taken) {
					if (left.includes(entry)) continue;
					remembered.claim = undefined;
					taken.delete(entry);
				}
			},
		};
		for (const entry of candidates) {
			if (this.repeated(entry)) continue;
			const remembered = { eventId: entry.eventId, at: Date.now(), claim };
			// The map stays in the order of time.
			this.seen.delete(entry.slot);
			this.seen.set(entry.slot, remembered);
			taken.set(entry, remembered);
			claim.entries.push(entry);
		}
		return claim;
	}

	private forgetOld(): void {
		const oldest = Date.now() - Math.max(this.windowMs, STATE_WINDOW_MS);
		for (const [slot, { at, claim }] of this.seen) {
			if (at >= oldest && this.seen.size <= MOST) break;
			if (claim === undefined) this.seen.delete(slot);
		}
	}
}

/** States recur: only within the time in which AI Rudder repeats is an equal one a repeat. */
const STATE_WINDOW_MS = 10 * 60_000;
