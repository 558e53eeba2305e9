/** Verify the Custom API Node Data Push: what was pushed, or would be pushed now (D). */
import { z } from 'zod';
import { badRequest } from '../envelope.cts';
import { events } from '../events/index.cts';
import { pushKey } from '../outbox.cts';
import { findContacts } from '../state.cts';
import { workflowOf } from './lookup.cts';
import { e164, id, operation } from './operation.cts';

export const customApiNodeVerifyPush = operation({
	method: 'POST',
	path: '/service/cloud/workflow/apinoticeinfo',
	mark: 'D',
	params: z.object({
		workflow_id: id,
		node_id: id,
		callee: e164,
		case_id: z.string().optional(),
	}),
	handle({ workflow_id, node_id, callee, case_id }, world) {
		const pushed = world.state.pushes.get(
			pushKey(workflow_id, node_id, callee, case_id || undefined),
		);
		if (pushed) return pushed;
		const { nodes, contacts } = workflowOf(world, workflow_id);
		const node = nodes.find((candidate) => candidate.id === node_id && candidate.type === 'api');
		if (!node) throw badRequest(`node_id ${node_id} does not exist`);
		const contact = findContacts(contacts, { callee, case_id: case_id || undefined }).at(-1);
		if (!contact) throw badRequest('no such contact in this workflow task');
		return events.apiNodePush.build({ node, contact, rounds: contact.rounds }, world.options);
	},
});
