import type { IExecuteFunctions } from 'n8n-workflow';
import { sha256 } from '../../sha256';
import { isTool } from '../isTool';
import type { UploadContact } from './contact';
import { keptByNode, type State } from './memory';

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
	private readonly known: Record<string, EarlierUpload> | undefined;

	constructor(context: IExecuteFunctions, key: string) {
		if (!isTool(context)) return;
		const uploads = keptByNode(context);
		const place = `uploaded by tool:${key}`;
		this.known = (uploads[place] ??= {}) as Record<string, EarlierUpload>;
	}

	find({ detail }: UploadContact): EarlierUpload | undefined {
		return this.known?.[sha256(detail.callee)];
	}

	/** Only what was sent is kept: anything else may be sent by a later call. */
	note({ detail }: UploadContact, state: State, workflowId?: string): void {
		if (!this.known) return;
		const number = sha256(detail.callee);
		if (state !== 'uploaded' && state !== 'unknown') {
			delete this.known[number];
			return;
		}
		const caseId = detail.case_id === undefined ? undefined : String(detail.case_id);
		this.known[number] = { state, details: sha256(detail), caseId, workflowId };
	}
}

/** Whether it is the same that was sent, and not only the same person. */
export const isSame = ({ details }: EarlierUpload, { detail }: UploadContact): boolean =>
	details === sha256(detail);
