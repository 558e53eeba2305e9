import type { IExecuteFunctions } from 'n8n-workflow';
import { sha256 } from '../../sha256';
import { isTool } from '../isTool';
import type { UploadContact } from './contact';
import { keptByNode } from './memory';

/** What became of a phone number that was sent, for certain or perhaps. */
export interface EarlierUpload {
	state: 'uploaded' | 'unknown';
	/** Digest of what was sent of the contact. */
	details: string;
	caseId?: string;
	workflowId?: string;
}

/**
 * Whom an AI agent's tool has sent in this execution, by phone number. n8n counts each try of a tool as
 * a run of its own, and an agent may ask again, in the same or in other words; neither shall dial a
 * person again. Of a node that is no tool nothing is kept: the memory of its run does that.
 */
export class EarlierUploads {
	private readonly known: Record<string, EarlierUpload[]> | undefined;

	constructor(context: IExecuteFunctions, key: string) {
		if (!isTool(context)) return;
		const uploads = keptByNode(context);
		const place = `uploaded by tool:${key}`;
		this.known = (uploads[place] ??= {}) as Record<string, EarlierUpload[]>;
	}

	/** The same that was sent; else, unless `sameOnly`, what was sent last of the person. */
	find(contact: UploadContact, sameOnly: boolean): EarlierUpload | undefined {
		const earlier = this.known?.[sha256(contact.detail.callee)] ?? [];
		const same = earlier.find((each) => isSame(each, contact));
		return same ?? (sameOnly ? undefined : earlier.at(-1));
	}

	note({ detail }: UploadContact, state: EarlierUpload['state'], workflowId?: string): void {
		if (!this.known) return;
		const caseId = detail.case_id === undefined ? undefined : String(detail.case_id);
		const noted = { state, details: sha256(detail), caseId, workflowId };
		(this.known[sha256(detail.callee)] ??= []).push(noted);
	}

	forget(contact: UploadContact): void {
		if (!this.known) return;
		const number = sha256(contact.detail.callee);
		const others = this.known[number]?.filter((each) => !isSame(each, contact));
		if (others) this.known[number] = others;
	}
}

/** Whether it is the same that was sent, and not only the same person. */
export const isSame = ({ details }: EarlierUpload, { detail }: UploadContact): boolean =>
	details === sha256(detail);
