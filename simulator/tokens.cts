/** Tokens live 24 hours (simulated); a new login keeps the living ones alive for another 24 (D). */
import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.cts';
import type { SimulatorOptions } from './options.cts';

const LIFETIME_MS = 24 * 60 * 60 * 1000;

export class Tokens {
	logins = 0;
	readonly #expiry = new Map<string, number>();

	constructor(
		private readonly options: SimulatorOptions,
		private readonly clock: Clock,
	) {}

	issue(): string {
		this.logins++;
		const now = this.clock.elapsed();
		const until = now + LIFETIME_MS;
		if (this.options.newLoginKillsOlder) this.#expiry.clear();
		for (const [token, expiry] of this.#expiry) {
			if (expiry > now) this.#expiry.set(token, until);
			else this.#expiry.delete(token);
		}
		const token = randomBytes(39).toString('base64');
		this.#expiry.set(token, until);
		return token;
	}

	isAlive(token: string): boolean {
		return (this.#expiry.get(token) ?? 0) > this.clock.elapsed();
	}

	expireAll(): void {
		this.#expiry.clear();
	}
}
