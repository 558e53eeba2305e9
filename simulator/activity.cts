/** Counts what is still going on, so that a test can wait for the end instead of sleeping. */
import { Closed } from './clock.cts';

export class Activity {
	#running = 0;
	#waiters: Array<() => void> = [];
	#failures: unknown[] = [];

	get running(): number {
		return this.#running;
	}

	/** Runs in the background; a failure comes out of `idle`, the end of the simulator is none. */
	track(work: Promise<unknown>): void {
		this.#running++;
		work
			.catch((error: unknown) => {
				if (!(error instanceof Closed)) this.#failures.push(error);
			})
			.finally(() => {
				this.#running--;
				if (this.#running === 0) this.#waiters.splice(0).forEach((wake) => wake());
			});
	}

	async idle(timeoutMs: number): Promise<void> {
		if (this.#running > 0) {
			await new Promise<void>((resolve, reject) => {
				const timer = setTimeout(
					() => reject(new Error(`not settled after ${timeoutMs} ms: ${this.#running} left`)),
					timeoutMs,
				);
				this.#waiters.push(() => {
					clearTimeout(timer);
					resolve();
				});
			});
		}
		if (this.#failures.length > 0) throw this.#failures[0];
	}
}
