/** Obtain Call Information and Recording Link by Call ID: shares its path, told apart by `callid`. */
import { z } from 'zod';
import { badRequest } from '../envelope.cts';
import { callInfo } from './callInfo.cts';
import { id, operation } from './operation.cts';

export const callGet = operation({
	method: 'GET',
	path: '/service/cloud/workflow/callinfo',
	mark: 'A',
	when: (params) => 'callid' in params,
	params: z.object({ callid: id }),
	handle({ callid }, world) {
		const entry = world.state.calls.get(callid);
		if (!entry) throw badRequest(`callid ${callid} does not exist`);
		return callInfo(entry.round, entry.call, world);
	},
});
