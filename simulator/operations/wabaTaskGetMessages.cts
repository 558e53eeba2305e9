/** Obtain the WABA Task Details of Workflow: its messages, written as in Chatbot Session End (assumed). */
import { messageRow } from '../events/chatbotSessionEnd.cts';
import { badRequest } from '../envelope.cts';
import { taskOf } from './lookup.cts';
import { id, operation } from './operation.cts';
import { page, paging } from './paging.cts';

export const wabaTaskGetMessages = operation({
	method: 'GET',
	path: '/service/cloud/workflow/wabataskdetail',
	mark: 'A',
	params: paging.extend({ waba_task_id: id, workflow_id: id.optional() }),
	handle({ waba_task_id, workflow_id, ...params }, world) {
		const { workflow } = taskOf(world, waba_task_id, 'waba');
		if (workflow_id && workflow.id !== workflow_id) {
			throw badRequest(`waba_task_id ${waba_task_id} is not of this workflow`);
		}
		const rows = workflow.contacts.flatMap((contact) =>
			contact.messages.map((message) => ({
				waba_task_id,
				callee: contact.callee,
				case_id: contact.caseId,
				...messageRow(message),
			})),
		);
		return { waba_task_id, workflow_id: workflow.id, ...page(rows, params, world) };
	},
});
