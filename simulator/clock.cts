/** Simulated time: waits shortened by the speed, all ended at once on close. */

/** Thrown into everything that still waits when the simulator closes. */
export class Closed extends Error {}

export class Clock {
	readonly #waiting = new Map<NodeJS.Timeout, (error: Closed) => void>();
	readonly #startedAt = Date.now();
	#closed = false;

	constructor(private readonly speed: number) {}

	/** Simulated milliseconds since the start. */
	elapsed(): number {
		return (Date.now() - this.#startedAt) * this.speed;
	}

	wait(simulatedMs: number): Promise<void> {
		return this.waitReal(simulatedMs / this.speed);
	}

	waitReal(ms: number): Promise<void> {
		if (this.#closed) return Promise.reject(new Closed('the simulator is closed'));
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#waiting.delete(timer);
				resolve();
			}, ms);
			this.#waiting.set(timer, reject);
		});
	}

	close(): void {
		this.#closed = true;
		for (const [timer, reject] of this.#waiting) {
			clearTimeout(timer);
			reject(new Closed('the simulator is closed'));
		}
		this.#waiting.clear();
	}
}
