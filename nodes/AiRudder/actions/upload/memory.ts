import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { sha256 } from '../../sha256';
import { isTool } from '../isTool';
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
	/** Of the phone numbers: guards against others than those of the earlier try. */
	digest: string;
	/** Where it stands in the node's context: tells the uploads of an execution apart. */
	place: string;
	/** Something was sent, or about to be; also of other contacts than these, in an earlier try. */
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
	const digest = numbersDigest(contacts);
	const place = `${placeOfRun(context)}:${key}`;
	const uploads = keptByNode(context);
	const known = uploads[place] as UploadMemory | undefined;
	if (known?.digest === digest) return known;
	// What a tool has sent is left out by its earlier uploads already.
	if (known && maybeSent(known) && !isTool(context)) throw notTheSame(context);
	const memory: UploadMemory = {
		digest,
		place,
		begun: known?.begun,
		states: 'n'.repeat(contacts.length),
		reasons: {},
	};
	uploads[place] = memory;
	return memory;
}

/** How many uploads of the execution to the same destination have begun; with `digest`, of the same contacts. */
export function timesBegun(context: IExecuteFunctions, key: string, digest?: string): number {
	return Object.entries(keptByNode(context)).filter(([place, kept]) => {
		if (!/^upload:\d+:/.test(place) || !place.endsWith(`:${key}`)) return false;
		const memory = kept as UploadMemory;
		return memory.begun === true && (digest === undefined || memory.digest === digest);
	}).length;
}

/** In a later try no contact may go to another task than in the first: its memory would not be found there. */
export function assertSameDestinations(context: IExecuteFunctions, keys: string[]): void {
	if (isTool(context)) return;
	const uploads = keptByNode(context);
	const place = placeOfRun(context);
	const digest = sha256(keys);
	const earlier = Object.keys(uploads).filter((name) => name.startsWith(`${place}:`));
	const anySent = earlier.some((name) => maybeSent(uploads[name] as UploadMemory));
	if (uploads[place] !== digest && anySent) throw notTheSame(context);
	uploads[place] = digest;
}

/**
 * What n8n keeps of the node for the whole execution. Outside of one, as for n8n's Agents, nothing is
 * kept: an agent that asks again would have somebody dialled again. Such a caller reads the message alone.
 */
export function keptByNode(context: IExecuteFunctions): IDataObject {
	try {
		return context.getContext('node');
	} catch {
		throw new NodeOperationError(
			context.getNode(),
			'n8n runs this node outside of an execution, where it cannot remember whom it has sent. Nobody was called. Use a workflow that contains this node instead.',
		);
	}
}

/** Whether anybody may have been taken: what certainly was not may be sent elsewhere. */
const maybeSent = ({ states, creationUnclear }: UploadMemory): boolean =>
	/[u?]/.test(states) || creationUnclear === true;

export const placeOfRun = (context: IExecuteFunctions): string =>
	`upload:${context.getWorkflowDataProxy(0).$runIndex}`;

/** Whom the contacts are: what is said to them may be another in a later try. */
const numbersDigest = (contacts: UploadContact[]): string =>
	sha256(contacts.map(({ detail: { callee, extra } }) => [callee, extra]));

const notTheSame = (context: IExecuteFunctions) =>
	new NodeOperationError(
		context.getNode(),
		'The contacts are not the same as in the first try of this run, so nothing was sent again',
		{
			description:
				'A phone number or the workflow task in this node changes with each try, such as from a random number. Choose it in an earlier node.',
		},
	);

/** `positions` ascend; of the states only those between the first and the last are taken apart. */
export function remember(
	memory: UploadMemory,
	positions: number[],
	state: StateLetter,
	reason?: string,
): void {
	const [first = 0] = positions;
	const end = (positions.at(-1) ?? first - 1) + 1;
	const between = memory.states.slice(first, end).split('');
	for (const position of positions) {
		between[position - first] = state;
		if (reason !== undefined) memory.reasons[position] = reason;
	}
	memory.states = memory.states.slice(0, first) + between.join('') + memory.states.slice(end);
}
