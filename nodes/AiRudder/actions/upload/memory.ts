import { createHash } from 'node:crypto';
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { UploadContact } from './contact';

/** What became of a contact, one letter each: 10,000 of them are kept in the execution's data. */
export const STATES = { u: 'uploaded', r: 'rejected', n: 'notSent', '?': 'unknown' } as const;

export type StateLetter = keyof typeof STATES;
export type State = (typeof STATES)[StateLetter];

/**
 * What has been sent in this run of the node. n8n's Retry On Fail runs the node again with the same
 * input; the node's context outlives that, and so keeps anybody from being dialled twice.
 */
export interface UploadMemory {
	/** Guards against another input than that of the earlier try. */
	digest: string;
	/** Where it stands in the node's context: tells the uploads of an execution apart. */
	place: string;
	/** Something was sent, or about to be. */
	begun?: boolean;
	/** The task, once AI Rudder has named it. */
	workflowId?: string;
	/** The task was asked for, and nobody knows whether it exists. */
	creationUnclear?: boolean;
	/** One {@link StateLetter} a contact. */
	states: string;
	/** Why a contact, by its position, was not uploaded. */
	reasons: Record<string, string>;
}

/** The memory of one upload of this run: `key` tells several uploads of a run apart. */
export function recall(
	context: IExecuteFunctions,
	key: string,
	contacts: UploadContact[],
): UploadMemory {
	const digest = createHash('sha256')
		.update(JSON.stringify(contacts.map(({ detail }) => detail)))
		.digest('hex');
	const { $runIndex: runIndex } = context.getWorkflowDataProxy(0);
	const uploads = context.getContext('node');
	const place = `upload:${runIndex}:${key}`;
	const known = uploads[place] as UploadMemory | undefined;
	if (known && known.digest !== digest) {
		throw new NodeOperationError(
			context.getNode(),
			'The contacts are not the same as in the first try of this run, so nothing was sent again',
			{
				description:
					'A field of this node gives another value each time, such as $now or a random number. Move it to a node before this one.',
			},
		);
	}
	const memory: UploadMemory = known ?? {
		digest,
		place,
		states: 'n'.repeat(contacts.length),
		reasons: {},
	};
	uploads[place] = memory;
	return memory;
}

export function remember(
	memory: UploadMemory,
	positions: number[],
	state: StateLetter,
	reason?: string,
): void {
	const states = memory.states.split('');
	for (const position of positions) {
		states[position] = state;
		if (reason !== undefined) memory.reasons[position] = reason;
		else delete memory.reasons[position];
	}
	memory.states = states.join('');
}
