import type { IWebhookFunctions } from 'n8n-workflow';
import { CALL_FIELDS } from '../records/callFields';
import { object, read, text } from '../records/read';
import { withReachableNames } from '../records/reachable';
import { parseReference, resumeAddress, type Reference } from '../waiting/reference';
import type { Outcome } from '../waiting/resume';
import { PREFIX } from './answers';
import type { Entry } from './entries';
import type { WebhookEvent } from './events/event';
import { handOver } from './handOver';
import type { Notice } from './notice';
import { passed } from './outcome';
import type { TriggerSettings } from './settings';
import { isSignedForUs } from './signingKey';

/** What ends a wait; another round of calls may follow everything else. */
const FINAL = new Set(['finished', 'cancelled', 'failed']);

/** A call that 'Contact: Call and Wait' started. */
interface Awaited {
	entry: Entry;
	reference: Reference;
	outcome: Outcome;
}

/**
 * Hands outcomes to the executions that wait for them, and gives the entries that start this workflow:
 * all of them, or those that no execution has taken until `deadline` (epoch ms).
 */
export async function handToWaiting(
	context: IWebhookFunctions,
	notice: Notice,
	event: WebhookEvent,
	entries: Entry[],
	settings: TriggerSettings,
	deadline: number,
): Promise<Entry[]> {
	const awaited = entries.flatMap((entry) => awaitedCall(context, notice, event, entry));
	if (awaited.length === 0 || !(await isTrusted(context, notice, settings))) return entries;

	const ownUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}'));
	const taken = new Set<Entry>();
	const handedOver = Promise.all(
		awaited.map(async ({ entry, reference, outcome }) => {
			const address = resumeAddress(ownUrl, reference);
			if (await handOver(context, address, reference.executionId, outcome)) taken.add(entry);
		}),
	);
	// An execution that is not waiting yet can take longer than AI Rudder waits for its answer.
	if (!settings.leaveOutAwaited) return entries;
	await Promise.race([handedOver, passed(deadline - Date.now())]);
	return entries.filter((entry) => !taken.has(entry));
}

function awaitedCall(
	context: IWebhookFunctions,
	{ payload }: Notice,
	event: WebhookEvent,
	entry: Entry,
): Awaited[] {
	const written = event.signature === 'body' ? referenceIn(entry.value) : undefined;
	const reference = parseReference(written);
	if (written === undefined || reference === undefined) return [];
	const call = event.toRecord(payload, entry.value);
	if (FINAL.has(String(text(call.status)).toLowerCase())) {
		return [{ entry, reference, outcome: { reference: written, call: withReachableNames(call) } }];
	}
	context.logger.info(
		`${PREFIX} let execution ${reference.executionId} wait on: the call that it waits for is not finished`,
	);
	return [];
}

/** The reference among the variables of a call, or as its case ID. */
function referenceIn(call: unknown): string | undefined {
	const row = object(call);
	const variables = object(read(row, CALL_FIELDS.variables));
	const values = [read(row, CALL_FIELDS.caseId), ...Object.values(variables)];
	return values
		.flatMap((value) => (typeof value === 'string' ? [value.trim()] : []))
		.find(parseReference);
}

/** Without a signature anybody could make up an outcome. */
async function isTrusted(
	context: IWebhookFunctions,
	{ payload }: Notice,
	settings: TriggerSettings,
): Promise<boolean> {
	if (settings.checkSignature || (await isSignedForUs(context, payload, settings))) return true;
	context.logger.warn(
		`${PREFIX} handed no outcome to the execution that waits for it: its notice is not signed with the 'Webhook Signing Key' of the credential`,
	);
	return false;
}
