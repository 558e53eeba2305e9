/** Predictive Dialer Task Status (C). */
import type { WorkflowStatus } from '../state.cts';
import type { Body, EventDefinition, Scene } from './event.cts';

/** The task's states as seen in clients, by the state of our workflow. */
const states: Record<WorkflowStatus, string> = {
	created: 'Not Started',
	running: 'Running',
	finished: 'Finished',
	stopped: 'Cancelled',
};

export const dialerHead = ({ node }: Scene): Body => ({
	taskId: node.taskId,
	taskName: node.taskName,
	groupName: 'Group 1',
});

export const dialerTaskStatus: EventDefinition = {
	mark: 'C',
	signature: 'none',
	build: (scene) => ({
		type: 'TaskStatus',
		body: { ...dialerHead(scene), state: scene.state ?? states[scene.node.workflow.status] },
	}),
};
