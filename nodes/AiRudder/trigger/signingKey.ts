import type { IWebhookFunctions } from 'n8n-workflow';
import type { Payload } from '../records/read';
import { readSettings as readCredential } from '../transport/settings';
import { PREFIX } from './answers';
import type { TriggerSettings } from './settings';
import { isSigned } from './signature';

/** How long a key that was taken out of the credential may still be accepted. */
const KEPT_MS = 120_000;

/**
 * When a key is asked for anew while the known one still serves: in a burst n8n's answer comes after all
 * that it has to read for the other notices.
 */
const FRESH_MS = 30_000;

interface ReadKey {
	key: string;
	/** When it was asked for, epoch milliseconds. */
	readAt: number;
}

/** By credential: n8n takes as long to decrypt one as for the rest of a notice, so a burst waits for one. */
const keys = new Map<string, Promise<ReadKey>>();

/** The credentials whose key is asked for anew. */
const askedAnew = new Set<string>();

/** Whether a notice is signed with the credential's key. A new key holds at once. */
export async function isSignedForUs(
	context: IWebhookFunctions,
	payload: Payload,
	{ credentialId }: TriggerSettings,
): Promise<boolean> {
	const known = keys.get(credentialId);
	const fitting = await keyOf(known, payload);
	if (fitting) {
		if (Date.now() - fitting.readAt > FRESH_MS) void askAnew(context, credentialId, known);
		return true;
	}
	// Of a burst that finds the key too old the first asks, and the others take its answer.
	const asked = keys.get(credentialId);
	if (asked !== known && (await keyOf(asked, payload))) return true;

	const own = readKey(context);
	keys.set(credentialId, own);
	return isSigned(payload, (await own).key);
}

/** The key, if it may still be used and the notice is signed with it. */
async function keyOf(read: Promise<ReadKey> | undefined, payload: Payload) {
	const kept = await read?.catch(() => undefined);
	const fits = kept && Date.now() - kept.readAt < KEPT_MS && isSigned(payload, kept.key);
	return fits ? kept : undefined;
}

/** If that fails, the known key serves until it is too old. */
async function askAnew(
	context: IWebhookFunctions,
	credentialId: string,
	known: Promise<ReadKey> | undefined,
): Promise<void> {
	if (askedAnew.has(credentialId)) return;
	askedAnew.add(credentialId);
	try {
		const read = await readKey(context);
		// A notice with a new key may have asked meanwhile.
		if (keys.get(credentialId) === known) keys.set(credentialId, Promise.resolve(read));
	} catch (error) {
		context.logger.debug(`${PREFIX} could not ask for the signing key anew`, { error });
	} finally {
		askedAnew.delete(credentialId);
	}
}

async function readKey(context: IWebhookFunctions): Promise<ReadKey> {
	const readAt = Date.now();
	const { signingSecret: key } = readCredential(await context.getCredentials('aiRudderApi'));
	return { key, readAt };
}
