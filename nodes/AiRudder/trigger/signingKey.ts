import type { IWebhookFunctions } from 'n8n-workflow';
import type { Payload } from '../records/read';
import { readSettings as readCredential } from '../transport/settings';
import { PREFIX } from './answers';
import { given, type TriggerSettings } from './settings';
import { isSigned } from './signature';

/** How long a key that was taken out of the credential may still be accepted. */
const KEPT_MS = 120_000;

/**
 * When a key is asked for anew while the known one still serves: in a burst n8n's answer comes after all
 * that it has to read for the other notices.
 */
const FRESH_MS = 30_000;

interface AskedKey {
	key: Promise<string>;
	/** When it was asked for, epoch milliseconds. */
	askedAt: number;
}

/** By credential: n8n takes as long to decrypt one as for the rest of a notice, so a burst waits for one. */
const keys = new Map<string, AskedKey>();

/** The credentials whose key is asked for anew. */
const askedAnew = new Set<string>();

/** Whether a notice is signed with the credential's key. A new key holds at once. */
export async function isSignedForUs(
	context: IWebhookFunctions,
	payload: Payload,
	{ credentialId }: TriggerSettings,
): Promise<boolean> {
	const known = keys.get(credentialId);
	if (known && (await fits(known, payload))) {
		if (ageOf(known) > FRESH_MS) void askAnew(context, credentialId, known);
		return true;
	}
	// Of a burst that finds the key too old the first asks, and the others take its answer.
	const asked = keys.get(credentialId);
	if (asked && asked !== known && (await fits(asked, payload))) return true;

	const own = askFor(context);
	keys.set(credentialId, own);
	return isSigned(payload, await own.key);
}

const ageOf = ({ askedAt }: AskedKey) => Date.now() - askedAt;

/** Whether the notice is signed with a key that may still be used. */
async function fits(asked: AskedKey, payload: Payload): Promise<boolean> {
	// Not waited for either: an answer that does not come must not hold all notices that follow.
	if (ageOf(asked) >= KEPT_MS) return false;
	const key = await asked.key.catch(() => undefined);
	return key !== undefined && ageOf(asked) < KEPT_MS && isSigned(payload, key);
}

/** If that fails, the known key serves until it is too old. */
async function askAnew(
	context: IWebhookFunctions,
	credentialId: string,
	known: AskedKey,
): Promise<void> {
	if (askedAnew.has(credentialId)) return;
	askedAnew.add(credentialId);
	try {
		const asked = askFor(context);
		await asked.key;
		// A notice with a new key may have asked meanwhile.
		if (keys.get(credentialId) === known) keys.set(credentialId, asked);
	} catch (error) {
		context.logger.debug(`${PREFIX} could not ask for the signing key anew`, { error });
	} finally {
		askedAnew.delete(credentialId);
	}
}

const askFor = (context: IWebhookFunctions): AskedKey => ({
	askedAt: Date.now(),
	key: readKey(context),
});

async function readKey(context: IWebhookFunctions): Promise<string> {
	const credential = await context.getCredentials('aiRudderApi');
	// The empty field, which means the default key, is a text.
	given(credential.signingSecret, "the credential's 'Webhook Signing Key'");
	return readCredential(credential).signingSecret;
}
