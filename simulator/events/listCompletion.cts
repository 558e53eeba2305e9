/** List Completion (D): one contact has finished its way through the workflow. */
import { contactOf, workflowHead, type EventDefinition } from './event.cts';

export const listCompletion: EventDefinition = {
	mark: 'D',
	signature: 'none',
	build: (scene) => ({
		...workflowHead(scene),
		case_id: contactOf(scene).caseId,
		callee_number: contactOf(scene).callee,
		// The values of node_type are unknown; ours are assumed.
		rows: scene.node.workflow.nodes.map((node) => ({
			nodetask_id: node.id,
			nodetask_name: node.name,
			node_type: node.type,
			...(node.type === 'api' ? {} : { task_id: node.taskId }),
		})),
	}),
};
