import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { concurrently } from '../../concurrency';
import { object, text } from '../../records/read';
import type { AiRudderClient } from '../../transport/client';
import type { EndpointName } from '../../transport/endpoints';
import { taken, type Failure } from '../../transport/failure';
import { reasonOf } from '../failedItem';
import { begunBefore } from './begunBefore';
import type { UploadContact } from './contact';
import { EarlierUploads, isSame, type EarlierUpload } from './earlierUploads';
import { grouped } from './groups';
import {
	recall,
	remember,
	STATES,
	type State,
	type StateLetter,
	type UploadMemory,
} from './memory';
import { rejectionsIn, type Rejection } from './rejections';
import type { UploadOptions } from './uploadOptions';

/** Batches of one task under way at a time: after an unclear failure, no more than these are in doubt. */
const CONCURRENCY = 3;

export interface ContactOutcome {
	contact: UploadContact;
	state: State;
	reason?: string;
	/** Set where an earlier call of an AI agent's tool sent it. */
	earlier?: EarlierUpload;
}

/**
 * Hands contacts to one workflow task in batches, none of them twice. A batch is marked as unknown
 * before it leaves, and as something better once AI Rudder has said so; after an unclear failure
 * nothing more is sent, and a later try of the same run leaves out all that was not certainly unsent.
 */
export class ContactUpload {
	private readonly earlier: EarlierUploads;

	private readonly sentBefore: Map<UploadContact, EarlierUpload>;

	/** Those of them that this upload is about. */
	private readonly contacts: UploadContact[];

	private readonly memory: UploadMemory;

	private stopped: string | undefined;

	/** Keeps what waits for another try from leaving after an unclear failure. */
	private readonly unclearFailure = new AbortController();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly client: AiRudderClient,
		private readonly all: UploadContact[],
		private readonly options: UploadOptions,
		private readonly key: string,
	) {
		this.earlier = new EarlierUploads(context, key);
		this.sentBefore = new Map(
			all.flatMap((contact) => {
				const earlier = this.earlier.find(contact, options.sendDuplicates);
				return earlier ? [[contact, earlier]] : [];
			}),
		);
		this.contacts = all.filter((contact) => !this.sentBefore.has(contact));
		this.memory = recall(context, key, this.contacts);
	}

	get workflowId(): string | undefined {
		const [earlier] = this.sentBefore.values();
		return this.memory.workflowId ?? earlier?.workflowId;
	}

	/** Why the task could not be created. */
	get taskFailure(): string | undefined {
		return this.memory.reasons.task;
	}

	get outcomes(): ContactOutcome[] {
		let position = 0;
		return this.all.map((contact) => {
			const earlier = this.sentBefore.get(contact);
			return earlier ? earlierOutcome(contact, earlier) : this.outcomeOf(contact, position++);
		});
	}

	private outcomeOf(contact: UploadContact, position: number): ContactOutcome {
		const state = this.stateOf(position);
		if (state === 'uploaded') return { contact, state };
		return { contact, state, reason: this.memory.reasons[position] ?? this.stopped };
	}

	private stateOf(position: number): State {
		return STATES[this.memory.states[position] as StateLetter];
	}

	/** Creates the task with the first batch in the same request, then adds the others. */
	async createTask(task: IDataObject): Promise<void> {
		await this.sendOnce(async () => {
			if (this.memory.workflowId === undefined) await this.create(task);
			if (this.memory.workflowId !== undefined) await this.addAll(this.memory.workflowId);
		});
	}

	async addTo(workflowId: string): Promise<void> {
		await this.sendOnce(async () => await this.addAll(workflowId));
	}

	/** Two calls of a tool may come at the same moment: what one is about to send the other leaves out. */
	private async sendOnce(send: () => Promise<void>): Promise<void> {
		if (this.contacts.length === 0 && this.all.length > 0) return;
		for (const contact of this.contacts) this.earlier.note(contact, 'unknown');
		try {
			await this.begin();
			await send();
		} finally {
			// Only what was sent is kept: anything else may be sent by a later call.
			for (const contact of this.contacts) this.earlier.forget(contact);
			for (const [position, contact] of this.contacts.entries()) {
				const state = this.stateOf(position);
				if (state !== 'uploaded' && state !== 'unknown') continue;
				this.earlier.note(contact, state, this.memory.workflowId);
			}
		}
	}

	private async addAll(workflowId: string): Promise<void> {
		this.memory.workflowId = workflowId;
		await concurrently(this.unsentBatches(), CONCURRENCY, async (positions) => {
			if (this.stopped !== undefined) return;
			await this.sendBatch('contact:add', { workflow_id: workflowId }, positions);
		});
	}

	/** What another process or execution may have sent is in doubt, and stays unsent here. */
	private async begin(): Promise<void> {
		const doubt = await begunBefore(this.context, this.memory, this.key);
		if (doubt === undefined) return;
		remember(this.memory, this.unsent(), '?', doubt);
		if (this.memory.workflowId !== undefined) return;
		this.memory.creationUnclear = true;
		this.memory.reasons.task = doubt;
	}

	private async create(task: IDataObject): Promise<void> {
		if (this.memory.creationUnclear) {
			this.stopped = AFTER_UNCLEAR;
			return;
		}
		const [first = []] = this.unsentBatches();
		this.memory.creationUnclear = true;
		const created = await this.sendBatch('workflowTask:create', task, first, (answer) => {
			this.memory.workflowId = text(object(answer).workflow_id) ?? undefined;
			return this.memory.workflowId === undefined ? "the task's workflow ID" : undefined;
		});
		if (!created) return;
		this.memory.creationUnclear = false;
		delete this.memory.reasons.task;
	}

	/** The positions of those that certainly were not taken. */
	private unsent(): number[] {
		return this.contacts.flatMap((_, position) =>
			this.memory.states[position] === 'n' ? [position] : [],
		);
	}

	private unsentBatches(): number[][] {
		const unsent = this.unsent();
		const { batchSize } = this.options;
		const count = Math.ceil(unsent.length / batchSize);
		return Array.from({ length: count }, (_, index) =>
			unsent.slice(index * batchSize, (index + 1) * batchSize),
		);
	}

	/**
	 * Sends one batch and notes what became of it; gives whether AI Rudder took it. What Add answers
	 * is not known, so that code 200 has to do; `missingIn` names what another answer has to hold.
	 */
	private async sendBatch(
		name: EndpointName,
		parameters: IDataObject,
		positions: number[],
		missingIn: (data: unknown) => string | undefined = () => undefined,
	): Promise<boolean> {
		remember(this.memory, positions, '?');
		const details = positions.map((position) => this.contacts[position].detail);
		const answer = await this.client.send(
			name,
			{
				...parameters,
				...(details.length > 0 && { details }),
				...this.options.additionalParameters,
			} as IDataObject,
			{ ...this.options.send, stop: this.unclearFailure.signal },
		);
		const missing = answer.ok ? missingIn(answer.data) : undefined;
		if (answer.ok && missing === undefined) {
			this.settle(positions, rejectionsIn(answer.data));
			return true;
		}
		this.fail(name, positions, answer.ok ? { kind: 'empty', detail: missing } : answer.failure);
		return false;
	}

	private fail(name: EndpointName, positions: number[], failure: Failure): void {
		const reason = reasonOf(this.client.toNodeError(failure, name));
		const unclear = taken(failure) === 'unknown';
		const creating = name === 'workflowTask:create';
		const rejected = failure.kind === 'refused' && !creating;
		remember(this.memory, positions, unclear ? '?' : rejected ? 'r' : 'n', reason);
		if (creating) {
			this.memory.reasons.task = reason;
			this.memory.creationUnclear = unclear;
		}
		// A refused batch is about its contacts; anything else would befall the next batch as well.
		if (!rejected) this.stopped ??= unclear ? AFTER_UNCLEAR : reason;
		if (unclear) this.unclearFailure.abort();
	}

	/** AI Rudder takes a batch and names the contacts in it that it does not take. */
	private settle(positions: number[], rejections: Rejection[]): void {
		remember(this.memory, positions, 'u');
		const byNumber = grouped(rejections, ({ callee }) => digits(callee ?? ''));
		const sent = grouped(positions, (position) => digits(this.contacts[position].detail.callee));
		let unnamed = 0;
		for (const [number, rejected] of byNumber) {
			const matching = sent.get(number) ?? [];
			if (matching.length === 0) unnamed += rejected.length;
			// A number that was sent twice and rejected once: nobody says which of the two.
			const state = matching.length > rejected.length ? '?' : 'r';
			remember(this.memory, matching, state, rejectionReason(rejected[0]));
		}
		if (unnamed === 0) return;
		const doubtful = positions.filter((position) => this.memory.states[position] === 'u');
		const reason = `AI Rudder rejected ${unnamed} contacts of this batch without naming them. Check with 'Workflow Task: Find' which ones it took.`;
		remember(this.memory, doubtful, '?', reason);
	}
}

/** Why a contact is left that was in no request. */
const AFTER_UNCLEAR =
	'Not sent, because it is not known what became of another request of this upload.';

const SENT_BEFORE = {
	uploaded:
		'Uploaded earlier in this execution with other details: what this call adds was not sent',
	unknown:
		"Sent earlier in this execution, and it is not known whether AI Rudder took it: it was not sent again. Check with 'Workflow Task: Find'.",
};

function earlierOutcome(contact: UploadContact, earlier: EarlierUpload): ContactOutcome {
	const { state } = earlier;
	if (state === 'uploaded' && isSame(earlier, contact)) return { contact, state, earlier };
	return { contact, state, earlier, reason: SENT_BEFORE[state] };
}

const digits = (phoneNumber: string) => phoneNumber.replace(/\D/g, '');

const rejectionReason = ({ reason }: Rejection): string =>
	`Rejected by AI Rudder${reason === null ? '' : `: ${reason}`}`;
