/** Sends notices as the vendor does: ten seconds for an answer, then a repeat every minute, five times. */
import pLimit from 'p-limit';
import { Agent, request } from 'undici';
import { events, type EventName } from './events/index.cts';
import type { Body, Scene } from './events/event.cts';
import { hexId } from './random.cts';
import type { World } from './world.cts';

/** Real time. */
const ANSWER_MS = 10_000;
const REPEATS = 5;
const REPEAT_AFTER_MS = 60_000;

/** How the sender may misbehave. */
export interface Misbehaviour {
	/** Copies of the notice, all sent at once. */
	copies?: number;
	wrongSign?: boolean;
}

/** One attempt to deliver one copy of a notice. */
export interface Delivery {
	event: EventName;
	url: string;
	body: Body;
	/** 1 for the first, 6 for the last repeat. */
	attempt: number;
	status?: number;
	answer?: string;
	error?: string;
	at: Date;
	durationMs: number;
}

export class Outbox {
	readonly deliveries: Delivery[] = [];
	readonly urls: Partial<Record<EventName, string>>;
	readonly #agent = new Agent({ keepAliveTimeout: 4_000 });
	readonly #limit: <T>(work: () => Promise<T>) => Promise<T>;

	constructor(private readonly world: World) {
		this.urls = { ...world.options.webhooks };
		this.#limit = pLimit(world.options.webhookConcurrency);
	}

	/** Nothing is sent for an event that nobody has set a URL for. */
	send(event: EventName, scene: Scene): void {
		const body = events[event].build(scene, this.world.options);
		if (event === 'apiNodePush') this.#remember(body);
		const url = this.urls[event];
		if (url) void this.post(event, url, body);
	}

	/** Resolves with the first attempt of every copy; repeats go on in the background. */
	post(
		event: EventName,
		url: string,
		body: Body,
		{ copies = 1, wrongSign = false }: Misbehaviour = {},
	): Promise<Delivery[]> {
		if (event === 'apiNodePush') this.#remember(body);
		const { signature } = events[event];
		const sent = wrongSign && signature === 'sign' ? { ...body, Sign: hexId() } : body;
		const headers: Record<string, string> = { 'content-type': 'application/json' };
		// The vendor's algorithm is unknown: a value of the right looks and no meaning.
		if (signature === 'header') headers['X-AIRudder-Sign'] = hexId();
		const firsts = Array.from({ length: copies }, () => {
			const first = this.#attempt(event, url, sent, headers, 1);
			this.world.activity.track(first.then((delivery) => this.#repeat(delivery, headers)));
			return first;
		});
		const all = Promise.all(firsts);
		// `send` does not look at the outcome, and `track` has it already.
		all.catch(() => undefined);
		return all;
	}

	close(): Promise<void> {
		return this.#agent.destroy();
	}

	async #repeat(first: Delivery, headers: Record<string, string>): Promise<void> {
		const { event, url, body } = first;
		let last = first;
		while (last.status !== 200 && last.attempt <= REPEATS) {
			await this.world.clock.wait(REPEAT_AFTER_MS);
			last = await this.#attempt(event, url, body, headers, last.attempt + 1);
		}
	}

	#attempt(
		event: EventName,
		url: string,
		body: Body,
		headers: Record<string, string>,
		attempt: number,
	): Promise<Delivery> {
		return this.#limit(async () => {
			const at = new Date();
			const outcome = await this.#exchange(url, body, headers);
			const delivery = { event, url, body, attempt, at, durationMs: Date.now() - at.getTime() };
			this.deliveries.push({ ...delivery, ...outcome });
			this.world.options.log?.(
				`notice ${event} attempt ${attempt}: ${outcome.status ?? outcome.error}`,
			);
			return { ...delivery, ...outcome };
		});
	}

	async #exchange(
		url: string,
		body: Body,
		headers: Record<string, string>,
	): Promise<Pick<Delivery, 'status' | 'answer' | 'error'>> {
		try {
			const response = await request(url, {
				method: 'POST',
				headers,
				body: JSON.stringify(body),
				dispatcher: this.#agent,
				signal: AbortSignal.timeout(ANSWER_MS),
			});
			const answer = await response.body.text();
			return { status: response.statusCode, answer: answer.slice(0, 2_000) };
		} catch (error) {
			return { error: error instanceof Error ? error.message : String(error) };
		}
	}

	/** What was pushed is what the check-back of operation 17 answers, asked with or without case id. */
	#remember(push: Body): void {
		const callee: Body = { ...(typeof push.callee === 'object' ? push.callee : undefined) };
		for (const caseId of [callee.case_id, undefined]) {
			const key = pushKey(push.workflow_id, push.node_id, callee.callee_number, caseId);
			this.world.state.pushes.set(key, push);
		}
	}
}

export const pushKey = (...parts: unknown[]): string => JSON.stringify(parts);
