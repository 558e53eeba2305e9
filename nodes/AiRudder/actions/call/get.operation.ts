import { NodeApiError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { callRecord } from '../../records/call';
import { callHead, callsIn, callWithId } from '../../records/callInfo';
import type { AiRudderClient } from '../../transport/client';
import { quotableEntry } from '../../transport/redact';
import { readId } from '../fields/locators';
import { commonOptions, optionsField, type CommonOptions } from '../fields/options';
import { callIdField } from '../fields/callId';
import { simplifyField } from '../fields/simplify';
import { headOf } from '../list';
import type { ItemOperation } from '../operation';

export const get: ItemOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get call',
		description:
			'Retrieve one call by its ID, with outcome and recording link. Changes nothing and may be repeated.',
	},
	fields: [callIdField, simplifyField, optionsField()],

	async execute(client, itemIndex) {
		const callId = readId(this, 'callId', 'Call ID', itemIndex);
		const options = commonOptions(this, itemIndex);
		const { call, response } = await getCall(this, client, callId, options);
		const simplify = this.getNodeParameter('simplify', itemIndex) === true;
		return [{ json: simplify ? call : { response } }];
	},
};

/** The call with this ID; throws when there is none. */
export async function getCall(
	context: IExecuteFunctions,
	client: AiRudderClient,
	callId: string,
	{ additionalParameters, send }: CommonOptions,
) {
	const parameters: IDataObject = { callid: callId, ...additionalParameters };
	const { data, response } = await client.call('call:get', parameters, z.unknown(), send);
	const calls = callsIn(data);
	const row = callWithId(calls, callId);
	if (row) {
		return { call: callRecord(row, callHead({ call_id: callId, ...headOf(response) })), response };
	}
	throw new NodeApiError(
		context.getNode(),
		{},
		{
			message: `AI Rudder gave no call for the ID '${quotableEntry(callId)}'`,
			description:
				calls.length > 0
					? "It answered with other calls: its parameter for the ID, an assumption, may have another name. Look it up on AI Rudder's page and set it under 'Additional Parameters'."
					: "Check that it is the 'callId' of a call of this account. A number that was not dialled has none.",
		},
	);
}
