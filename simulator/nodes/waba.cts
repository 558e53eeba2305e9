/** A WhatsApp template message, and now and then a chat that comes of it. */
import { hexId, seeded } from '../random.cts';
import type { Contact, NodeTask, WabaMessage } from '../state.cts';
import type { World } from '../world.cts';

const STEP_MS = 5_000;

export async function chatOnWhatsApp(
	world: World,
	node: NodeTask,
	contact: Contact,
): Promise<void> {
	const random = seeded(world.options.seed, 'waba', contact.callee, contact.caseId);
	const template = addMessage(contact, 'chatbot', 'Hi, this is a reminder.', 'sent');
	// The vendor's status values are seen as `delivery` and `read` in its example; `sent` is assumed.
	for (const status of ['sent', 'delivery', 'read']) {
		template.status = status;
		world.outbox.send('wabaMessage', { node, contact });
		await world.clock.wait(STEP_MS);
	}
	if (random.next() < 0.5) {
		addMessage(contact, 'user', 'no', 'read');
		await world.clock.wait(STEP_MS);
		world.outbox.send('chatbotSessionEnd', { node, contact });
	}
}

export function addMessage(
	contact: Contact,
	sender: WabaMessage['sender'],
	text: string,
	status: string,
): WabaMessage {
	const message = { messageId: hexId(), sender, text, status, at: new Date() };
	contact.messages.push(message);
	return message;
}
