import type { IWebhookFunctions } from 'n8n-workflow';
import type { Payload } from '../records/read';
import { readSettings as readCredential } from '../transport/settings';
import type { TriggerSettings } from './settings';
import { isSigned } from './signature';

/** How long a key that was taken out of the credential may still be accepted. */
const KEPT_MS = 30_000;

/** By credential: n8n takes as long to decrypt one as for the rest of a notice. */
const keys = new Map<string, { key: string; readAt: number }>();

/** Whether a notice is signed with the credential's key. A new key holds at once. */
export async function isSignedForUs(
	context: IWebhookFunctions,
	payload: Payload,
	{ credentialId }: TriggerSettings,
): Promise<boolean> {
	const kept = keys.get(credentialId);
	if (kept && Date.now() - kept.readAt < KEPT_MS && isSigned(payload, kept.key)) return true;

	const readAt = Date.now();
	const { signingSecret: key } = readCredential(await context.getCredentials('aiRudderApi'));
	keys.set(credentialId, { key, readAt });
	return isSigned(payload, key);
}
