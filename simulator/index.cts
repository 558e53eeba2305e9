/** An AI Rudder to develop against: `startSimulator()` puts the parts together. */
import { buildApp, type RecordedRequest } from './api.cts';
import { addControl } from './control.cts';
import type { Body } from './events/event.cts';
import type { EventName } from './events/index.cts';
import { FaultPlan } from './faultPlan.cts';
import { fire, type FireOptions } from './fire.cts';
import { Listener } from './listener.cts';
import { DEFAULTS, type SimulatorOptions } from './options.cts';
import type { OtherHostRequest } from './otherHost.cts';
import type { Delivery } from './outbox.cts';
import type { Contact, State } from './state.cts';
import { World } from './world.cts';

export { rejectSuffix, type SimulatorOptions } from './options.cts';
export { sign } from './signature.cts';
export { eventNames, isEventName, type EventName } from './events/index.cts';
export { operationNames, operations, type OperationName } from './operations/index.cts';
export { faultKinds, faults, type FaultKind, type FaultRule } from './faults.cts';
export type { Delivery, RecordedRequest, OtherHostRequest, FireOptions };
export type { Call, Contact, NodeTask, Round, State, Workflow } from './state.cts';

export interface Simulator {
	readonly url: string;
	/** Recordings live there and redirects lead there; `requests` tells who came with a token. */
	readonly otherHost: { url: string; requests: OtherHostRequest[] };
	/** In force at once when changed, except port, host, speed, lines and webhookConcurrency. */
	readonly options: SimulatorOptions;
	readonly state: State;
	/** Every API request, in order of arrival, those that met a fault included. */
	readonly requests: RecordedRequest[];
	readonly logins: number;
	/** Every attempt to deliver a notice, in the order in which they ended. */
	readonly deliveries: Delivery[];
	readonly webhookUrls: Partial<Record<EventName, string>>;
	readonly faults: FaultPlan;
	rejectTokenAs: 'body' | 'http';
	/** All tokens are dead at once. */
	expireTokens(): void;
	/** Without a URL the event is not sent any more. */
	setWebhookUrl(event: EventName, url: string | undefined): void;
	/** Contacts taken, in order, duplicates included. */
	acceptedContacts(workflowId?: string): Contact[];
	/** Sends one made-up notice; resolves with the first attempt of each copy. */
	fire(event: EventName, overrides?: Body, url?: string, how?: FireOptions): Promise<Delivery[]>;
	/** Until nobody is dialled and no notice is on its way; rejects when that takes too long. */
	settled(timeoutMs?: number): Promise<void>;
	close(): Promise<void>;
}

export async function startSimulator(given: Partial<SimulatorOptions> = {}): Promise<Simulator> {
	const options = { ...DEFAULTS, ...given };
	const world = new World(options);
	const listener = new Listener(options);
	const requests: RecordedRequest[] = [];
	const refuseConnections = (forMs: number) => listener.pause(world.clock, forMs);
	const faults = new FaultPlan(refuseConnections);
	const app = buildApp({ world, requests, faults, refuseConnections });
	let closing: Promise<void> | undefined;

	const simulator: Simulator = {
		get url() {
			return listener.url;
		},
		otherHost: world.otherHost,
		options,
		state: world.state,
		requests,
		get logins() {
			return world.tokens.logins;
		},
		deliveries: world.outbox.deliveries,
		webhookUrls: world.outbox.urls,
		faults,
		get rejectTokenAs() {
			return options.rejectTokenAs;
		},
		set rejectTokenAs(as) {
			options.rejectTokenAs = as;
		},
		expireTokens: () => world.tokens.expireAll(),
		setWebhookUrl(event, url) {
			world.outbox.urls[event] = url;
		},
		acceptedContacts: (workflowId) => world.state.contacts(workflowId),
		fire: (...args) => fire(world, ...args),
		settled: (timeoutMs = 60_000) => world.activity.idle(timeoutMs),
		close() {
			closing ??= closeAll();
			return closing;
		},
	};

	async function closeAll(): Promise<void> {
		world.clock.close();
		await Promise.all([listener.close(), world.otherHost.close(), world.outbox.close()]);
	}

	addControl(app, simulator);
	try {
		await world.otherHost.listen();
		await listener.start(app);
	} catch (error) {
		// A taken port must not leave the other listener behind.
		await simulator.close();
		throw error;
	}
	return simulator;
}
