import type { INodeProperties } from 'n8n-workflow';

export const callIdField: INodeProperties = {
	displayName: 'Call ID',
	name: 'callId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. cd878f6611ad4b1d8a961a5a3ec5525b',
	description: "The 'callId' of a call's outcome",
};
