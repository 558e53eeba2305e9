/** Obtain the Outbound Task List of Workflow: the tasks of its voice nodes, fields assumed. */
import { nodeHead } from '../events/event.cts';
import { taskStatus } from '../rows.cts';
import { workflowOf } from './lookup.cts';
import { id, operation } from './operation.cts';
import { page, paging } from './paging.cts';

export const outboundTaskGetAll = operation({
	method: 'POST',
	path: '/service/cloud/workflow/tasklist',
	mark: 'A',
	params: paging.extend({ workflow_id: id }),
	handle({ workflow_id, ...params }, world) {
		const workflow = workflowOf(world, workflow_id);
		const voiceNodes = workflow.nodes.filter(({ type }) => type === 'voicebot');
		const rows = voiceNodes.map((node) => ({
			TaskID: node.taskId,
			TaskName: node.taskName,
			Status: taskStatus(node),
			Total: node.rounds.length,
			...nodeHead({ node }),
		}));
		return page(rows, params, world);
	},
});
