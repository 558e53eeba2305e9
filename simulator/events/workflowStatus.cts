/** Workflow Status Change (D); the values of `status` and `task_status` are assumed. */
import { workflowHead, type EventDefinition } from './event.cts';

export const workflowStatus: EventDefinition = {
	mark: 'D',
	signature: 'none',
	build: (scene) => {
		const { nodes, status } = scene.node.workflow;
		return {
			...workflowHead(scene),
			status,
			actions: nodes.map((node) => ({
				nodetask_id: node.id,
				nodetask_name: node.name,
				node_type: node.type,
				...(node.type === 'api' ? {} : { task_id: node.taskId, task_status: status }),
			})),
		};
	},
};
