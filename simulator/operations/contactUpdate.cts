/** Update the List Info of Workflow Task: variables and fields of contacts already there. */
import { z } from 'zod';
import { findContacts } from '../state.cts';
import { workflowOf } from './lookup.cts';
import { contactKey, id, operation } from './operation.cts';

const changes = z.object({ variables: z.record(z.string()).optional() }).passthrough();

export const contactUpdate = operation({
	method: 'POST',
	path: '/service/cloud/workflow/updatedetails',
	mark: 'A',
	params: z.object({ workflow_id: id, details: z.array(changes.and(contactKey)).min(1) }),
	handle({ workflow_id, details }, world) {
		const { contacts } = workflowOf(world, workflow_id);
		const unknown = details.filter((change) => {
			// The case id names the contact where it is given, so that its number can be corrected.
			const { case_id, callee } = change;
			const found = findContacts(contacts, case_id === undefined ? { callee } : { case_id });
			for (const contact of found) {
				contact.details = { ...contact.details, ...change, callee: callee ?? contact.callee };
				contact.callee = contact.details.callee;
				contact.variables = { ...contact.variables, ...change.variables };
			}
			return found.length === 0;
		});
		const detail_error_list = unknown.map(({ callee = '', case_id = '' }) => ({
			callee,
			case_id,
			message: 'no such contact',
		}));
		return { workflow_id, ...(unknown.length > 0 ? { detail_error_list } : {}) };
	},
});
