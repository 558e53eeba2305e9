import type { INodePropertyOptions } from 'n8n-workflow';
import type { z } from 'zod';
import type { Payload } from '../../records/read';

/** One kind of notice that AI Rudder sends. */
export interface WebhookEvent {
	/** How it stands under 'Trigger On'; `value` is what items say in `event`. */
	option: INodePropertyOptions & { value: string };
	/** Whether a payload is of this kind: most notices name no type, so their keys have to tell. */
	recognises: (payload: Payload) => boolean;
	/** What the vendor documents of it. A payload that does not fit still arrives, with `problems`. */
	schema: () => z.ZodTypeAny;
	/** `body`: field `Sign` in the body; `none`: nothing that could be checked. */
	signature: 'body' | 'none';
	/** The parts that are items of their own: the calls of an aggregated notice, else the notice. */
	entries: (payload: Payload) => Payload[];
	/** What tells an entry from every other, and stays the same when AI Rudder repeats it (assumed). */
	identity: (payload: Payload, entry: Payload) => unknown[];
	/** The entry in our shape. */
	toRecord: (payload: Payload, entry: Payload) => Payload;
}
