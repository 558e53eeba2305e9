import type { INodePropertyOptions } from 'n8n-workflow';
import type { Payload } from '../../records/read';
import type { Provenance } from '../../transport/endpoints';
import type { Fields } from './fields';

export type EventName =
	| 'apiNodePush'
	| 'callCompletion'
	| 'callCompletionInfoCheck'
	| 'chatbotSessionEnd'
	| 'dialerAgentStatus'
	| 'dialerContactStatus'
	| 'dialerTaskStatus'
	| 'listCompletion'
	| 'unknown'
	| 'wabaMessage'
	| 'workflowStatus';

/** One kind of notice that AI Rudder sends. */
export interface WebhookEvent {
	/** How it stands under 'Trigger On'; `value` is what items say in `event`. */
	option: INodePropertyOptions & { value: EventName };
	/** How well its form is known; none for what is not the vendor's. */
	provenance?: Provenance;
	/** It goes on when one of these is selected; only itself unless given. Two that cannot be told apart for certain share. */
	selectedBy?: readonly EventName[];
	/** Whether a payload is of this kind: most notices name no type, so their keys have to tell. */
	recognises: (payload: Payload) => boolean;
	/** What the vendor documents of it. A payload that does not fit still arrives, with `problems`. */
	schema: Fields;
	/**
	 * `body`: field `Sign` in the body, which is checked; `header`: X-AIRudder-Sign, which is passed on,
	 * because its algorithm is not known; `none`: nothing that could be checked.
	 */
	signature: 'body' | 'header' | 'none';
	/** For a notice that reports several calls at once. */
	aggregate?: Aggregate;
	/** What tells an entry from every other, and stays the same when AI Rudder repeats it (assumed). */
	identity: (payload: Payload, entry: unknown) => unknown[];
	/**
	 * For states that may recur and carry no time: what they are the state of. Only what equals the last
	 * notice of the same subject is a repeat.
	 */
	subject?: (payload: Payload) => unknown[];
	/** The entry in our shape; without an aggregate the entry is the whole notice. */
	toRecord: (payload: Payload, entry: unknown) => Payload;
}

export interface Aggregate {
	/** The field that lists the entries. */
	field: string;
	/** What the vendor documents of one of them. */
	schema: Fields;
	/** What stands once for all entries, in our shape, and how their list is called there. */
	head: (payload: Payload) => Payload;
	listName: string;
}
