/** Moves every contact through the nodes of its workflow, on a bounded number of lines. */
import pLimit from 'p-limit';
import { steps } from './nodes/index.cts';
import type { Contact, NodeTask, UploadedContact, Workflow, WorkflowStatus } from './state.cts';
import { acceptContact } from './workflows.cts';
import type { World } from './world.cts';

export class Dialler {
	readonly #lines: <T>(work: () => Promise<T>) => Promise<T>;

	constructor(private readonly world: World) {
		this.#lines = pLimit(world.options.lines);
	}

	/** Runs the work as soon as a line is free. */
	onLine<T>(work: () => Promise<T>): Promise<T> {
		return this.#lines(work);
	}

	start(workflow: Workflow, uploads: UploadedContact[]): void {
		if (uploads.length === 0) return;
		const contacts = uploads.map((upload) => acceptContact(workflow, upload));
		workflow.openContacts += contacts.length;
		// A task that was finished runs again when contacts come in (assumed).
		this.#changeStatus(workflow, 'running');
		for (const contact of contacts) {
			this.world.activity.track(this.#journey(workflow, contact));
		}
	}

	/** Ends the REMAINING steps of a contact; a call in progress goes on (D: it is not said to be cut). */
	cancel(contact: Contact): void {
		if (!isOpen(contact)) return;
		contact.status = 'cancelled';
		for (const round of contact.rounds) {
			if (isOpen(round) && !round.dialling) round.status = 'cancelled';
		}
	}

	stop(workflow: Workflow): void {
		workflow.contacts.forEach((contact) => this.cancel(contact));
		this.#changeStatus(workflow, 'stopped');
	}

	async #journey(workflow: Workflow, contact: Contact): Promise<void> {
		for (const node of workflow.nodes) {
			if (contact.status === 'cancelled') break;
			await steps[node.type](this.world, node, contact);
		}
		this.#arrive(workflow, contact);
	}

	#arrive(workflow: Workflow, contact: Contact): void {
		workflow.openContacts--;
		if (contact.status !== 'cancelled') {
			contact.status = contact.rounds.some((round) => round.status === 'failed')
				? 'failed'
				: 'finished';
			this.world.outbox.send('listCompletion', { node: workflow.nodes[0], contact });
		}
		if (workflow.openContacts === 0 && workflow.status === 'running') {
			this.#changeStatus(workflow, 'finished');
		}
	}

	#changeStatus(workflow: Workflow, status: WorkflowStatus): void {
		if (workflow.status === status) return;
		workflow.status = status;
		this.world.outbox.send('workflowStatus', { node: workflow.nodes[0] });
		for (const node of workflow.nodes.filter(isDialer)) {
			this.world.outbox.send('dialerTaskStatus', { node });
		}
	}
}

const isDialer = (node: NodeTask): boolean => node.type === 'pds';

const isOpen = ({ status }: { status: string }): boolean =>
	status === 'created' || status === 'pending';
