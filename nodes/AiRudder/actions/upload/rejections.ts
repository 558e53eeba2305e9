import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';
import { isPayload, read, text } from '../../records/read';
import { quotable } from '../../transport/redact';

/** A contact that AI Rudder names as not taken. */
export interface Rejection {
	/** `null` if it says that there is one, but not which. */
	callee: string | null;
	/** AI Rudder's words, safe to show. */
	reason: string | null;
}

/**
 * `detail_error_list` beside the ID (client, seen in the classic API as a list of objects). In whatever
 * form it comes: what stands in it was not taken.
 */
export function rejectionsIn(data: unknown): Rejection[] {
	const list = isPayload(data) ? data.detail_error_list : undefined;
	if (Array.isArray(list)) return list.map(rejectionOf);
	if (isPayload(list)) {
		return Object.entries(list).map(([callee, reason]) => ({ callee, reason: quoted(reason) }));
	}
	return text(list) === null ? [] : [{ callee: null, reason: quoted(list) }];
}

function rejectionOf(rejection: unknown): Rejection {
	if (!isPayload(rejection)) return { callee: text(rejection), reason: null };
	const reason = read(rejection, ['message', 'msg', 'reason', 'error', 'error_msg', 'err_msg']);
	return {
		callee: text(read(rejection, ['callee', 'CalleeNumber', 'callee_number', 'phone'])),
		reason: quoted(reason ?? rejection),
	};
}

const quoted = (reason: unknown): string => quotable(text(reason) ?? JSON.stringify(reason));

/** Of a change to one contact: throws if it was not taken (that it is told in the same way is assumed). */
export function throwIfRejected(context: IExecuteFunctions, data: unknown, message: string): void {
	const [rejection] = rejectionsIn(data);
	if (!rejection) return;
	const { reason } = rejection;
	throw new NodeApiError(
		context.getNode(),
		{},
		{
			message: `${message}${reason ? `: ${reason}` : ''}`,
			description: "Check with 'Workflow Task: Find' that the contact is in this task",
		},
	);
}
