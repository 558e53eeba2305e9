import type { IWebhookFunctions } from 'n8n-workflow';
import type { Payload } from '../records/read';
import { readSettings as readCredential } from '../transport/settings';
import type { TriggerSettings } from './settings';
import { isSigned } from './signature';

/** How long a key that was taken out of the credential may still be accepted. */
const KEPT_MS = 30_000;

interface ReadKey {
	key: string;
	/** When it was asked for, epoch milliseconds. */
	readAt: number;
}

/** By credential: n8n takes as long to decrypt one as for the rest of a notice, so a burst waits for one. */
const keys = new Map<string, Promise<ReadKey>>();

/** Whether a notice is signed with the credential's key. A new key holds at once. */
export async function isSignedForUs(
	context: IWebhookFunctions,
	payload: Payload,
	{ credentialId }: TriggerSettings,
): Promise<boolean> {
	const known = keys.get(credentialId);
	if (await isSignedWith(known, payload)) return true;
	// Of a burst that finds the key too old the first asks, and the others take its answer.
	const asked = keys.get(credentialId);
	if (asked !== known && (await isSignedWith(asked, payload))) return true;

	const own = readKey(context);
	keys.set(credentialId, own);
	return isSigned(payload, (await own).key);
}

async function isSignedWith(read: Promise<ReadKey> | undefined, payload: Payload) {
	const kept = await read?.catch(() => undefined);
	return kept !== undefined && Date.now() - kept.readAt < KEPT_MS && isSigned(payload, kept.key);
}

async function readKey(context: IWebhookFunctions): Promise<ReadKey> {
	const readAt = Date.now();
	const { signingSecret: key } = readCredential(await context.getCredentials('aiRudderApi'));
	return { key, readAt };
}
