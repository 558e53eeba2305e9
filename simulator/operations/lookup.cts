/** Finding what a request names, or refusing. */
import { badRequest } from '../envelope.cts';
import type { NodeTask, Workflow } from '../state.cts';
import type { NodeType } from '../templates.cts';
import type { World } from '../world.cts';

export function workflowOf(world: World, id: string): Workflow {
	const workflow = world.state.workflows.get(id);
	if (!workflow) throw badRequest(`workflow_id ${id} does not exist`);
	return workflow;
}

/** The task of a node of the given kind. */
export function taskOf(world: World, taskId: string, type: NodeType): NodeTask {
	const node = world.state.nodesByTask.get(taskId);
	if (node?.type !== type) throw badRequest(`task ${taskId} does not exist`);
	return node;
}
