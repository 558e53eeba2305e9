import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import type { AiRudderClient } from '../../transport/client';
import { pause } from '../../transport/retry';
import { getCall } from '../call/get.operation';
import { assumedNotice } from '../fields/assumedNotice';
import { callIdField } from '../fields/callId';
import { readId } from '../fields/locators';
import { commonOptions, optionsField, type CommonOptions } from '../fields/options';
import { shownWith } from '../fields/shownWith';
import type { ItemOperation } from '../operation';
import { fetchRecording, notReady, type NoRecording } from './fetch';

const DEFAULT_TIMEOUT_MS = 120_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

const fromCallId: INodeProperties[] = shownWith({ recordingFrom: ['callId'] }, [
	...assumedNotice('call:get'),
	callIdField,
]);

const fromUrl: INodeProperties[] = shownWith({ recordingFrom: ['url'] }, [
	{
		displayName: 'Recording URL',
		name: 'recordingUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/recordings/call.wav',
		description: "The 'recordingUrl' of a call. It is fetched without your AI Rudder token.",
	},
]);

export const download: ItemOperation = {
	option: {
		name: 'Download',
		value: 'download',
		action: 'Download recording',
		description:
			'Download the recording of one call as an audio file. Changes nothing and may be repeated.',
	},
	fields: [
		{
			displayName: 'Recording From',
			name: 'recordingFrom',
			type: 'options',
			default: 'callId',
			description: 'How to find the recording',
			options: [
				{
					name: 'Call ID',
					value: 'callId',
					description: 'Asks AI Rudder for the link first, so that it is a fresh one',
				},
				{
					name: 'Recording URL',
					value: 'url',
					description: 'The link that came with a call; it may have expired',
				},
			],
		},
		...fromCallId,
		...fromUrl,
		{
			displayName: 'Output Data Field Name',
			name: 'outputField',
			type: 'string',
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the output field to put the file in',
		},
		optionsField([
			{
				displayName: 'Wait for Recording (Seconds)',
				name: 'waitSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 3600 },
				default: 0,
				description:
					'How long to keep trying while the recording is not ready yet. With 0 there is one try.',
			},
		]),
	],

	async execute(client, itemIndex) {
		const source = readSource(this, client, itemIndex);
		const outputField = readId(this, 'outputField', 'Output Data Field Name', itemIndex);
		const { callId, recordingUrl, file, bytes } = await downloadWithin(this, source, itemIndex);
		return [
			{
				json: {
					callId,
					recordingUrl,
					fileName: file.fileName ?? null,
					mimeType: file.mimeType,
					bytes,
				},
				binary: { [outputField]: file },
			},
		];
	},
};

interface Link {
	callId: string | null;
	recordingUrl: string;
}

interface Source {
	options: CommonOptions;
	/** The link, asked for anew with each try where it comes from AI Rudder. */
	link: () => Promise<Link | { none: NoRecording }>;
	/** A refused link may be another one the next time. */
	linkIsFresh: boolean;
}

function readSource(context: IExecuteFunctions, client: AiRudderClient, itemIndex: number): Source {
	const options = commonOptions(context, itemIndex);
	if (context.getNodeParameter('recordingFrom', itemIndex) === 'url') {
		const recordingUrl = readUrl(context, itemIndex);
		return { options, linkIsFresh: false, link: async () => ({ callId: null, recordingUrl }) };
	}
	const callId = readId(context, 'callId', 'Call ID', itemIndex);
	const link = async () => {
		const { call } = await getCall(context, client, callId, options);
		if (call.recordingUrl !== null && isHttpUrl(call.recordingUrl)) {
			return { callId, recordingUrl: call.recordingUrl };
		}
		if (call.answered !== false) return { none: notReady('AI Rudder gave no link to it') };
		throw new NodeOperationError(
			context.getNode(),
			'The call was not answered, so there is no recording of it',
			{ itemIndex, description: "Keep calls with 'answered' false away from this node" },
		);
	};
	return { options, linkIsFresh: true, link };
}

function readUrl(context: IExecuteFunctions, itemIndex: number): string {
	const url = String(context.getNodeParameter('recordingUrl', itemIndex) ?? '').trim();
	if (isHttpUrl(url)) return url;
	throw new NodeOperationError(
		context.getNode(),
		url === '' ? "'Recording URL' is empty" : "'Recording URL' is not a complete web address",
		{
			itemIndex,
			description:
				"Use the 'recordingUrl' of a call; it is empty as long as there is no recording, or when nobody answered",
		},
	);
}

const isHttpUrl = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);

/** Tries once, or again with growing pauses until the user's limit or until the execution is cancelled. */
async function downloadWithin(
	context: IExecuteFunctions,
	{ options, link, linkIsFresh }: Source,
	itemIndex: number,
) {
	const cancelled = context.getExecutionCancelSignal();
	const waitSeconds = Number(context.getNodeParameter('options.waitSeconds', itemIndex, 0)) || 0;
	const giveUpAt = Date.now() + waitSeconds * 1000;
	const timeoutMs = options.send.timeoutMs ?? DEFAULT_TIMEOUT_MS;
	for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
		const tried = await tryOnce(context, link, timeoutMs);
		if ('file' in tried) return tried;

		const { kind, message, advice } = tried.none;
		const leftMs = giveUpAt - Date.now();
		const mayCome = kind !== 'refused' || linkIsFresh;
		if (!mayCome || leftMs <= 0 || cancelled?.aborted) {
			throw new NodeApiError(context.getNode(), {}, { message, description: advice, itemIndex });
		}
		await pause(Math.min(pauseMs, leftMs), cancelled);
	}
}

async function tryOnce(context: IExecuteFunctions, link: Source['link'], timeoutMs: number) {
	const found = await link();
	if ('none' in found) return found;
	const { recordingUrl, callId } = found;
	const fetched = await fetchRecording(context, recordingUrl, callId ?? 'recording', timeoutMs);
	return 'none' in fetched ? fetched : { ...found, ...fetched };
}
