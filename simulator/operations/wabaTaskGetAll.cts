/** Obtain the WABA Tasks List of Workflow; fields assumed. */
import { nodeHead } from '../events/event.cts';
import { workflowOf } from './lookup.cts';
import { id, operation } from './operation.cts';
import { page, paging } from './paging.cts';

export const wabaTaskGetAll = operation({
	method: 'GET',
	path: '/service/cloud/workflow/wabatasks',
	mark: 'A',
	params: paging.extend({ workflow_id: id }),
	handle({ workflow_id, ...params }, world) {
		const workflow = workflowOf(world, workflow_id);
		const rows = workflow.nodes
			.filter(({ type }) => type === 'waba')
			.map((node) => ({
				waba_task_id: node.taskId,
				waba_task_name: node.taskName,
				...nodeHead({ node }),
				status: workflow.status,
			}));
		return page(rows, params, world);
	},
});
