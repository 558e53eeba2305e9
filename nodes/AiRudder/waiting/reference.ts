import { createHash } from 'node:crypto';

/**
 * What a contact carries through AI Rudder so that its outcome finds the execution that waits for it.
 * It holds no address: the trigger builds that of its own n8n, so that nobody can have it call another.
 */
export interface Reference {
	executionId: string;
	/** What n8n asks for before it goes on with a waiting execution. */
	signature: string;
}

/**
 * A path of our own: n8n's signature is that of the execution, so without one a late outcome would
 * resume whatever other node the execution waits at by then. Nobody enters it by chance as
 * the suffix of a Wait node.
 */
export const RESUME_PATH = 'airudder-call-outcome';

/** The last part tells the waits of one execution apart: n8n gives all of them the same signature. */
const REFERENCE = /^(\d{1,20})\.([0-9a-f]{16,128})\.[0-9a-f]{8}$/;

/** The reference of one wait, the same in every try of it; `undefined` where n8n gives no signature. */
export function referenceFor(resumeUrl: string, nodeId: string, run: number): string | undefined {
	const { pathname, searchParams } = new URL(resumeUrl);
	const execution = `${pathname.split('/').pop()}.${searchParams.get('signature')}`;
	const wait = createHash('sha256').update(`${execution}.${nodeId}.${run}`).digest('hex');
	const reference = `${execution}.${wait.slice(0, 8)}`;
	return parseReference(reference) && reference;
}

export function parseReference(text: unknown): Reference | undefined {
	const parts = typeof text === 'string' ? REFERENCE.exec(text.trim()) : null;
	return parts ? { executionId: parts[1], signature: parts[2] } : undefined;
}

/** Where n8n takes the outcome; `ownUrl` is any resume address of this n8n. */
export const resumeAddress = (ownUrl: string, { executionId, signature }: Reference): string =>
	`${ownUrl.slice(0, ownUrl.lastIndexOf('/'))}/${executionId}/${RESUME_PATH}?signature=${signature}`;
