/** Which request meets which fault: rules in the order they were added, each counting its own. */
import type { FaultKind, FaultRule } from './faults.cts';
import type { OperationName } from './operations/index.cts';

export interface ActiveFault {
	rule: FaultRule;
	seen: number;
	hits: number;
}

export class FaultPlan {
	readonly active: ActiveFault[] = [];

	constructor(private readonly refuseConnections: (forMs: number) => void) {}

	/** `refused` without an operation begins now; with one, the first fitting request begins it. */
	add(rule: FaultRule): void {
		if (rule.kind === 'refused' && rule.operation === undefined && !rule.after) {
			this.refuseConnections(rule.forMs ?? 1_000);
			return;
		}
		// Otherwise the pause would begin again with every request after it.
		const times = rule.kind === 'refused' ? (rule.times ?? 1) : rule.times;
		this.active.push({ rule: { ...rule, times }, seen: 0, hits: 0 });
	}

	clear(): void {
		this.active.length = 0;
	}

	/** How many requests have met this kind of fault. */
	hits(kind: FaultKind): number {
		return this.active
			.filter(({ rule }) => rule.kind === kind)
			.reduce((sum, { hits }) => sum + hits, 0);
	}

	next(operation: OperationName): FaultRule | undefined {
		for (const fault of this.active) {
			const { rule } = fault;
			if (rule.operation !== undefined && rule.operation !== operation) continue;
			fault.seen++;
			if (fault.seen <= (rule.after ?? 0) || fault.hits >= (rule.times ?? Infinity)) continue;
			fault.hits++;
			return rule;
		}
		return undefined;
	}
}
