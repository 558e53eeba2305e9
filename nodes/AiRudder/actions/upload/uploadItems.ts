import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { AiRudderClient } from '../../transport/client';
import { maskPhoneNumber } from '../../transport/redact';
import { locate, reasonOf } from '../failedItem';
import { contactReader, type UploadContact } from './contact';
import { addToGroup, type Groups } from './groups';
import { assertSameDestinations } from './memory';
import { toSend } from './toSend';
import { ContactUpload, type ContactOutcome } from './upload';
import { uploadOptions } from './uploadOptions';

/** Where a contact goes: items with the same key go up together. */
export interface Destination {
	/** Which task; names it in the memory of the run. */
	keyOf: (itemIndex: number) => string;
	send: (upload: ContactUpload, key: string) => Promise<void>;
	/** What it adds to a contact that the fields describe. */
	complete?: (contact: UploadContact) => UploadContact;
}

/**
 * One contact an input item, all validated before anything is sent; one output item a contact, in
 * the order of the input. Those that were not uploaded are failed items, or end the node with one
 * error that counts them.
 */
export async function uploadItems(
	context: IExecuteFunctions,
	client: AiRudderClient,
	destination: Destination,
): Promise<INodeExecutionData[]> {
	const options = uploadOptions(context, 0);
	const results = new Map<number, Result>();
	const groups = readGroups(context, destination, results);
	assertSameDestinations(context, [...groups.keys()]);

	// All of it is checked before the first contact leaves.
	const carryMore = destination.complete !== undefined;
	const checked = toSend(context, [...groups.values()], options, carryMore);
	const uploads = [...groups.keys()].map((key, task) => {
		const { unique, duplicates } = checked[task];
		return { key, upload: new ContactUpload(context, client, unique, options, key), duplicates };
	});
	for (const { key, upload, duplicates } of uploads) {
		await destination.send(upload, key);
		for (const outcome of upload.outcomes) {
			results.set(outcome.contact.itemIndex, resultOf(upload, outcome));
		}
		for (const { contact, first } of duplicates) {
			results.set(contact.itemIndex, duplicateOf(upload, contact, first));
		}
	}
	const ordered = [...results].sort(([a], [b]) => a - b);
	if (!context.continueOnFail()) throwIfAnyFailed(context, ordered);
	return ordered.map(([itemIndex, result]) => toItem(context, itemIndex, result));
}

/** The contacts by destination; what cannot be read is refused, or becomes a failed item at once. */
function readGroups(
	context: IExecuteFunctions,
	{ keyOf, complete = (contact) => contact }: Destination,
	results: Map<number, Result>,
): Groups<UploadContact> {
	const groups: Groups<UploadContact> = new Map();
	const readContact = contactReader(context);
	for (const itemIndex of context.getInputData().keys()) {
		try {
			const key = keyOf(itemIndex);
			const contact = complete(readContact(itemIndex));
			addToGroup(groups, key, contact);
		} catch (error) {
			const located = locate(context, error, itemIndex);
			if (!context.continueOnFail()) throw located;
			const json = { state: 'notSent', reason: reasonOf(located) };
			results.set(itemIndex, { json, error: located.message });
		}
	}
	return groups;
}

function contactJson({ detail }: UploadContact): IDataObject {
	return { phoneNumber: detail.callee, caseId: (detail.case_id as string | undefined) ?? null };
}

/** What became of an input item; `error` is set where a contact of it was not uploaded for certain. */
export interface Result {
	json: IDataObject;
	error?: string;
}

function resultOf(
	upload: ContactUpload,
	{ contact, state, reason, earlier }: ContactOutcome,
): Result {
	const json: IDataObject = {
		...contactJson(contact),
		...(earlier && { caseId: earlier.caseId ?? null }),
		state,
		...(reason !== undefined && { reason }),
		workflowId: upload.workflowId ?? null,
	};
	if (state === 'uploaded') return { json };
	const number = maskPhoneNumber(contact.detail.callee);
	return { json, error: `${WORDS[state]} (number ending in ${number})` };
}

/** Up to n8n 2.30 the error output takes an item only if it holds `error`, or `error` and `message`. */
export function toItem(
	context: IExecuteFunctions,
	itemIndex: number,
	{ json, error }: Result,
): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	if (error === undefined) return { json, pairedItem };
	return context.getNode().onError === 'continueErrorOutput'
		? { json: { error, message: json }, pairedItem }
		: { json: { ...json, error }, pairedItem };
}

const WORDS: Record<Exclude<ContactOutcome['state'], 'uploaded'>, string> = {
	notSent: 'The contact was not sent to AI Rudder',
	rejected: 'AI Rudder did not take the contact',
	unknown: 'It is not known whether AI Rudder took the contact',
};

function duplicateOf(upload: ContactUpload, contact: UploadContact, first: UploadContact): Result {
	return {
		json: {
			...contactJson(contact),
			state: 'notSent',
			reason: `The same phone number is in item ${first.itemIndex}, so this one was left out`,
			workflowId: upload.workflowId ?? null,
			duplicateOfItem: first.itemIndex,
		},
	};
}

/** The reasons as sentences, and where more is to be seen; one may end with AI Rudder's words, or with a link. */
export const withHint = (reasons: string[]): string =>
	[
		...reasons.map((reason) => reason.replace(/[.\s]*$/, '.')),
		"To see the state of each contact, set 'On Error' to 'Continue' in the node's settings.",
	].join(' ');

function throwIfAnyFailed(context: IExecuteFunctions, results: Array<[number, Result]>): void {
	const failed = results.filter(([, { error }]) => error !== undefined);
	if (failed.length === 0) return;
	const countOf = (state: string) => failed.filter(([, { json }]) => json.state === state).length;
	const counts = [
		[countOf('rejected'), 'rejected'],
		[countOf('unknown'), 'perhaps uploaded'],
		[countOf('notSent'), 'not sent'],
	]
		.filter(([count]) => count !== 0)
		.map(([count, state]) => `${count} ${state}`);
	const uploaded = results.filter(([, { json }]) => json.state === 'uploaded').length;
	const reasons = [...new Set(failed.map(([, { json, error }]) => String(json.reason ?? error)))];
	const [[itemIndex]] = failed;
	throw new NodeApiError(
		context.getNode(),
		{},
		{
			message: `${failed.length} of ${results.length} contacts were not uploaded, or not for certain: ${counts.join(', ')} (${uploaded} uploaded)`,
			description: withHint(reasons.slice(0, 3)),
			itemIndex,
		},
	);
}
