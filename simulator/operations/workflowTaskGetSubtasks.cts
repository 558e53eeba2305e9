/** Obtain the Subtask List of the Workflow: its nodes and their tasks, fields assumed. */
import { nodeHead } from '../events/event.cts';
import { workflowOf } from './lookup.cts';
import { id, operation } from './operation.cts';
import { page, paging } from './paging.cts';

export const workflowTaskGetSubtasks = operation({
	method: 'GET',
	path: '/service/cloud/workflow/instancetasks',
	mark: 'A',
	params: paging.extend({ workflow_id: id }),
	handle({ workflow_id, ...params }, world) {
		const workflow = workflowOf(world, workflow_id);
		const rows = workflow.nodes.map((node) => ({
			...nodeHead({ node }),
			node_type: node.type,
			task_id: node.type === 'api' ? '' : node.taskId,
			task_status: workflow.status,
		}));
		return page(rows, params, world);
	},
});
