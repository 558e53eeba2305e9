/** Query workflow_id using case_id/callee, among the contacts taken in a time range. */
import { z } from 'zod';
import { badRequest } from '../envelope.cts';
import { findContacts } from '../state.cts';
import { e164, id, operation, time } from './operation.cts';

export const workflowTaskFind = operation({
	method: 'POST',
	path: '/service/cloud/workflow/detailinstances',
	mark: 'D',
	params: z.object({
		start_time: time,
		end_time: time,
		case_id: id.optional(),
		callee: e164.optional(),
	}),
	handle({ start_time, end_time, case_id, callee }, world) {
		if (!case_id && !callee) throw badRequest('case_id or callee is required');
		const second = 1_000;
		const found = findContacts(world.state.contacts(), { case_id, callee }).filter(
			({ acceptedAt }) => acceptedAt >= start_time.date && +acceptedAt < +end_time.date + second,
		);
		// The answer's shape is assumed: one row per contact found.
		return found.map((contact) => ({
			workflow_id: contact.workflowId,
			workflow_name: world.state.workflows.get(contact.workflowId)?.name ?? '',
			case_id: contact.caseId,
			callee: contact.callee,
		}));
	},
});
