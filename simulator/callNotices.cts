/** Gathers finished rounds into aggregated call notices, one task per notice. */
import type { NodeTask, Round } from './state.cts';
import type { World } from './world.cts';

export class CallNotices {
	readonly #open = new Map<NodeTask, Round[]>();

	constructor(private readonly world: World) {}

	add(round: Round): void {
		const rounds = this.#open.get(round.node);
		if (!rounds) {
			this.#open.set(round.node, [round]);
			this.world.activity.track(this.#closeLater(round.node));
		} else {
			rounds.push(round);
		}
		if ((rounds?.length ?? 1) >= this.world.options.aggregate) this.#close(round.node);
	}

	async #closeLater(node: NodeTask): Promise<void> {
		const rounds = this.#open.get(node);
		await this.world.clock.wait(this.world.options.aggregateDelayMs);
		if (this.#open.get(node) === rounds) this.#close(node);
	}

	#close(node: NodeTask): void {
		const rounds = this.#open.get(node);
		if (!rounds) return;
		this.#open.delete(node);
		const { infoCheck } = node.workflow.template;
		this.world.outbox.send(infoCheck ? 'callCompletionInfoCheck' : 'callCompletion', {
			node,
			contact: rounds[0].contact,
			rounds,
		});
	}
}
