/** What the vendor would have in its database: workflow tasks, their contacts, their calls. */
import type { CallPlan } from './outcome.cts';
import type { NodeType, Template } from './templates.cts';

/** One element of `details[]` (C); the optional fields (A) are kept as they came and echoed. */
export interface UploadedContact {
	callee: string;
	variables?: Record<string, string>;
	case_id?: string;
	[field: string]: unknown;
}

/** The values of D, from the call notice. */
export type CallStatus = 'created' | 'pending' | 'finished' | 'cancelled' | 'failed';

/** One dial: what was planned for it and when it happened. */
export interface Call extends CallPlan {
	callId: string;
	calleeNumber: string;
	callerNumber: string;
	/** Answered: the moment of answering. Not answered: the moment it was given up. */
	startedAt: Date;
	endedAt: Date;
	/** Real time from which the recording can be fetched. */
	recordingReadyAt: number;
}

/** One contact in one voice node: its dials, and one row of the outbound task's details. */
export interface Round {
	id: number;
	node: NodeTask;
	contact: Contact;
	status: CallStatus;
	/** True while a call is going on: cancelling does not cut it. */
	dialling: boolean;
	calls: Call[];
}

export interface WabaMessage {
	messageId: string;
	sender: 'system' | 'chatbot' | 'user';
	text: string;
	status: string;
	at: Date;
}

/** The vendor's "list": one contact of a workflow task. */
export interface Contact {
	uuid: string;
	workflowId: string;
	callee: string;
	caseId: string;
	variables: Record<string, string>;
	/** The upload as it came, with later updates laid over it. */
	details: UploadedContact;
	acceptedAt: Date;
	status: CallStatus;
	rounds: Round[];
	messages: WabaMessage[];
}

/** An instance of a template's node; `taskId` is its outbound, WABA or dialer task. */
export interface NodeTask {
	id: string;
	name: string;
	type: NodeType;
	taskId: string;
	taskName: string;
	workflow: Workflow;
	rounds: Round[];
}

/** The vendor's values are unknown; these are assumed. */
export type WorkflowStatus = 'created' | 'running' | 'finished' | 'stopped';

export interface Workflow {
	id: string;
	name: string;
	template: Template;
	endTime: string;
	autoFinish: number;
	createdAt: Date;
	status: WorkflowStatus;
	nodes: NodeTask[];
	contacts: Contact[];
	/** Contacts still on their way; at 0 the task is finished. */
	openContacts: number;
}

export class State {
	readonly workflows = new Map<string, Workflow>();
	readonly nodesByTask = new Map<string, NodeTask>();
	readonly calls = new Map<string, { call: Call; round: Round }>();
	/** API node pushes, by workflow, node and number, for the check-back of operation 17. */
	readonly pushes = new Map<string, Record<string, unknown>>();

	addWorkflow(workflow: Workflow): void {
		this.workflows.set(workflow.id, workflow);
		for (const node of workflow.nodes) this.nodesByTask.set(node.taskId, node);
	}

	addCall(call: Call, round: Round): void {
		this.calls.set(call.callId, { call, round });
	}

	/** In the order of acceptance, duplicates included. */
	contacts(workflowId?: string): Contact[] {
		return [...this.workflows.values()]
			.filter((workflow) => workflowId === undefined || workflow.id === workflowId)
			.flatMap((workflow) => workflow.contacts);
	}
}

/** Contacts of a workflow task by number and/or case id; both given means both must fit. */
export const findContacts = (
	contacts: Contact[],
	wanted: { callee?: string; case_id?: string },
): Contact[] =>
	contacts.filter(
		(contact) =>
			(wanted.callee === undefined || contact.callee === wanted.callee) &&
			(wanted.case_id === undefined || contact.caseId === wanted.case_id),
	);
