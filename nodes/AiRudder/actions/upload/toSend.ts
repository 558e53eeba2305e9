import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { objects, text } from '../../records/read';
import { isTool } from '../isTool';
import type { UploadContact } from './contact';
import { MAX_CONTACTS, type UploadOptions } from './uploadOptions';

/** The contacts of one task: those to send, and those whose number another one before them has. */
export interface ToSend {
	unique: UploadContact[];
	duplicates: Array<{ contact: UploadContact; first: UploadContact }>;
}

/** What goes up of the contacts of each task; throws, before anything is sent, what must not go up like that. */
export function toSend(
	context: IExecuteFunctions,
	tasks: UploadContact[][],
	options: UploadOptions,
	carryMore = false,
): ToSend[] {
	const all = tasks.map((contacts) => splitDuplicates(contacts, options));
	const unique = all.map((each) => each.unique);
	assertOwnContacts(context, options, unique, carryMore);
	for (const contacts of unique) assertFits(context, contacts);
	return all;
}

function splitDuplicates(contacts: UploadContact[], { sendDuplicates }: UploadOptions): ToSend {
	const duplicates: ToSend['duplicates'] = [];
	if (sendDuplicates) return { unique: contacts, duplicates };
	const firstOf = new Map<string, UploadContact>();
	for (const contact of contacts) {
		const first = firstOf.get(contact.detail.callee);
		if (first) duplicates.push({ contact, first });
		else firstOf.set(contact.detail.callee, contact);
	}
	return { unique: [...firstOf.values()], duplicates };
}

function assertFits(context: IExecuteFunctions, contacts: UploadContact[]): void {
	if (contacts.length <= MAX_CONTACTS) return;
	throw new NodeOperationError(
		context.getNode(),
		`One workflow task holds ${MAX_CONTACTS} contacts, and these are ${contacts.length}. Nothing was sent.`,
		{
			itemIndex: contacts[MAX_CONTACTS].itemIndex,
			description: "Split the input with a 'Loop Over Items' node, one workflow task a batch",
		},
	);
}

/**
 * Contacts that the user writes in AI Rudder's own form take the place of the node's in every request:
 * those would be told as uploaded, and these dialled for each request, unless they are the same people.
 */
function assertOwnContacts(
	context: IExecuteFunctions,
	{ additionalParameters: { details }, batchSize }: UploadOptions,
	tasks: UploadContact[][],
	carryMore: boolean,
): void {
	const own = tasks.flat().map(({ detail }) => detail.callee);
	// Of a tool's earlier calls only the node's own contacts are remembered.
	const tool = isTool(context);
	if (details === undefined || (own.length === 0 && !tool)) return;
	const given = objects(details).map(({ callee }) => text(callee));
	const same = JSON.stringify([...given].sort()) === JSON.stringify([...own].sort());
	const most = tool ? 1 : batchSize;
	if (same && tasks.length === 1 && own.length <= most && !carryMore) return;
	throw new NodeOperationError(
		context.getNode(),
		"The contacts under 'Additional Parameters' (details) would take the place of this node's own. Nothing was sent.",
		{
			description:
				"Leave 'details' out. To send a contact's fields under other names, give the same phone numbers there, for one request: no more items than 'Batch Size' says, and one workflow task.",
		},
	);
}
