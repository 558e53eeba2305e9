/** Obtain Call Information and Recording Links by callee/caseid and taskid/workflow_id. */
import { z } from 'zod';
import { badRequest } from '../envelope.cts';
import { findContacts } from '../state.cts';
import { callInfo } from './callInfo.cts';
import { taskOf, workflowOf } from './lookup.cts';
import { e164, id, operation } from './operation.cts';

export const callGetByContact = operation({
	method: 'GET',
	path: '/service/cloud/workflow/callinfo',
	mark: 'A',
	params: z.object({
		callee: e164.optional(),
		caseid: id.optional(),
		taskid: id.optional(),
		workflow_id: id.optional(),
	}),
	handle({ callee, caseid, taskid, workflow_id }, world) {
		if (!callee && !caseid) throw badRequest('callee or caseid is required');
		const task = taskid ? taskOf(world, taskid, 'voicebot') : undefined;
		if (!task && !workflow_id) throw badRequest('taskid or workflow_id is required');
		const workflow = workflow_id ? workflowOf(world, workflow_id) : task?.workflow;
		return findContacts(workflow?.contacts ?? [], { callee, case_id: caseid })
			.flatMap((contact) => contact.rounds)
			.filter((round) => !task || round.node === task)
			.map((round) => callInfo(round, round.calls.at(-1), world));
	},
});
