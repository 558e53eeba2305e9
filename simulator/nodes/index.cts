/** The table of steps: what each kind of workflow node does with a contact. */
import type { Contact, NodeTask } from '../state.cts';
import type { NodeType } from '../templates.cts';
import type { World } from '../world.cts';
import { pushToApi } from './api.cts';
import { dialWithAgent } from './pds.cts';
import { callWithRobot } from './voicebot.cts';
import { chatOnWhatsApp } from './waba.cts';

export type Step = (world: World, node: NodeTask, contact: Contact) => Promise<void>;

export const steps: Record<NodeType, Step> = {
	voicebot: callWithRobot,
	api: pushToApi,
	waba: chatOnWhatsApp,
	pds: dialWithAgent,
};
