/** What an event is: who vouches for its shape, how it is signed, how it is built. */
import type { SimulatorOptions } from '../options.cts';
import type { Contact, NodeTask, Round } from '../state.cts';

export type Body = Record<string, unknown>;

/** What just happened; an event takes from it what it tells. */
export interface Scene {
	node: NodeTask;
	contact?: Contact;
	rounds?: Round[];
	/** Predictive dialer only. */
	state?: string;
	callId?: string;
	answered?: boolean;
}

export interface EventDefinition {
	/** Provenance of the shape: D documented, C seen in clients, A assumed. */
	mark: 'D' | 'C' | 'A';
	/** `sign`: body field over the TaskID (D). `header`: X-AIRudder-Sign, algorithm unknown. */
	signature: 'sign' | 'header' | 'none';
	build(scene: Scene, options: SimulatorOptions): Body;
}

export function contactOf(scene: Scene): Contact {
	if (!scene.contact) throw new Error('this event tells about a contact');
	return scene.contact;
}

export const workflowHead = ({ node }: Scene): Body => ({
	workflow_id: node.workflow.id,
	workflow_name: node.workflow.name,
});

export const nodeHead = (scene: Scene): Body => ({
	...workflowHead(scene),
	nodetask_id: scene.node.id,
	nodetask_name: scene.node.name,
});
