/** Cancel the processes for a specific list: the remaining steps of one contact. */
import { z } from 'zod';
import { badRequest } from '../envelope.cts';
import { findContacts } from '../state.cts';
import { workflowOf } from './lookup.cts';
import { contactKey, id, operation } from './operation.cts';

export const contactCancel = operation({
	method: 'POST',
	path: '/service/cloud/workflow/canceldetails',
	mark: 'A',
	params: z.object({ workflow_id: id }).passthrough().and(contactKey),
	handle({ workflow_id, callee, case_id }, world) {
		const found = findContacts(workflowOf(world, workflow_id).contacts, { callee, case_id });
		if (found.length === 0) throw badRequest('no such contact in this workflow task');
		found.forEach((contact) => world.dialler.cancel(contact));
		return { workflow_id };
	},
});
