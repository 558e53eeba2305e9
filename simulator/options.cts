/** Every knob of the simulator with its default, in one place. */
import type { EventName } from './events/index.cts';
import type { UploadedContact } from './state.cts';

export interface SimulatorOptions {
	/** 0 takes any free port. */
	port: number;
	host: string;
	appKey: string;
	appSecret: string;
	/** KEY of the call notices' `Sign`; the vendor's default is public knowledge. */
	signingKey: string;
	/** Decides the outcome of each contact's calls; the same seed gives the same outcomes. */
	seed: number;
	/** Time multiplier: 60 = one simulated minute per real second. */
	speed: number;
	/** Most calls per call notice, and how long (simulated) a notice waits to fill up. */
	aggregate: number;
	aggregateDelayMs: number;
	/** Real milliseconds before any API answer. */
	latencyMs: number;
	webhooks: Partial<Record<EventName, string>>;
	webhookConcurrency: number;
	/** Contacts that one workflow task holds (C: 10,000). */
	contactLimit: number;
	/** A reason puts the contact into `detail_error_list` instead of the task. */
	rejectContact?: (contact: UploadedContact) => string | undefined;
	/** How a dead or missing token is answered: both occur (D and C). */
	rejectTokenAs: 'body' | 'http';
	/** How every other failure is answered: HTTP 200 with a `code` (D), or a real HTTP status (C). */
	failuresAs: 'body' | 'http';
	/** The documentation says that older tokens live on; true lets a test see the opposite. */
	newLoginKillsOlder: boolean;
	/** Share of dials that are answered, 0 to 1. */
	answerRate: number;
	/** Calls going on at the same time. */
	lines: number;
	/** Zone of the times that the vendor writes without one. */
	timeZone: string;
	recordingBytes: number;
	/** Simulated time between hang-up and a ready recording, and how it shows until then. */
	recordingDelayMs: number;
	recordingNotReadyAs: 'http404' | 'emptyLink';
	/** Paging names of the assumed lists are unknown: true answers the first page whatever is asked. */
	ignorePaging: boolean;
	log?: (line: string) => void;
}

export const DEFAULTS: SimulatorOptions = {
	port: 0,
	host: '127.0.0.1',
	appKey: 'demo-app-key',
	appSecret: 'demo-app-secret',
	signingKey: 'airudder',
	seed: 1,
	speed: 1,
	aggregate: 10,
	aggregateDelayMs: 2_000,
	latencyMs: 0,
	webhooks: {},
	webhookConcurrency: 64,
	contactLimit: 10_000,
	rejectTokenAs: 'body',
	failuresAs: 'body',
	newLoginKillsOlder: false,
	answerRate: 0.6,
	lines: 100,
	timeZone: 'Asia/Jakarta',
	recordingBytes: 64_044,
	recordingDelayMs: 5_000,
	recordingNotReadyAs: 'http404',
	ignorePaging: false,
};

/** A `rejectContact` rule: numbers that end in the suffix are refused. */
export const rejectSuffix =
	(suffix: string, reason = 'number refused by the simulator') =>
	(contact: UploadedContact): string | undefined =>
		contact.callee.endsWith(suffix) ? reason : undefined;
