/** WABA Message Status Alteration (A): the head of Chatbot Session End and one message's status. */
import { contactOf, nodeHead, type Body, type EventDefinition, type Scene } from './event.cts';

export const wabaHead = (scene: Scene): Body => ({
	...nodeHead(scene),
	waba_task_id: scene.node.taskId,
	wfdetail_uuid: contactOf(scene).uuid,
	timestamp: Math.floor(Date.now() / 1000),
	channel: 'WhatsApp',
	channel_id: '12025550100',
	callee: contactOf(scene).callee,
});

export const wabaMessage: EventDefinition = {
	mark: 'A',
	signature: 'header',
	build: (scene) => {
		const message = contactOf(scene).messages.at(-1);
		return {
			...wabaHead(scene),
			case_id: contactOf(scene).caseId,
			msg_id: message?.messageId ?? '',
			status: message?.status ?? 'sent',
		};
	},
};
