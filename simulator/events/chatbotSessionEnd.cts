/** Chatbot Session End (D): the whole chat once it is closed. */
import { hexId } from '../random.cts';
import type { WabaMessage } from '../state.cts';
import { utc } from '../times.cts';
import { contactOf, type Body, type EventDefinition } from './event.cts';
import { wabaHead } from './wabaMessage.cts';

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** One content per sender, each as in the vendor's example. */
const contents: Record<WabaMessage['sender'], (text: string) => Body> = {
	system: (type) => ({ type: 'system', system: { type, from_seat_id: '', to_seat_id: '' } }),
	chatbot: (body) => ({
		type: 'template',
		template: {
			type: 'WhatsApp',
			content: { body, footer: '', button: [{ type: 'QUICK_REPLY', text: 'no' }] },
			info: { id: 35, name: 'payment_reminder_english', language: 'en' },
		},
	}),
	user: (text) => ({ type: 'button', text }),
};

export const messageRow = (message: WabaMessage): Body => ({
	msg_id: message.messageId,
	sender_type: message.sender,
	timestamp: seconds(message.at),
	status: message.status,
	content: contents[message.sender](message.text),
});

export const chatbotSessionEnd: EventDefinition = {
	mark: 'D',
	signature: 'header',
	build: (scene) => {
		const { messages, variables } = contactOf(scene);
		const question = messages.find(({ sender }) => sender === 'chatbot');
		const opening: WabaMessage = {
			messageId: hexId(),
			sender: 'system',
			text: 'conversation.start',
			status: 'delivery',
			at: messages[0]?.at ?? new Date(),
		};
		return {
			...wabaHead(scene),
			call_id: hexId(),
			robot_id: '4755',
			status: 'closed',
			session_start_time: utc(opening.at),
			session_end_time: utc(new Date()),
			session_end_reason: 'robot',
			intention: 'E',
			talk_round: messages.filter(({ sender }) => sender === 'user').length,
			ner_slots: {},
			event_label: { EventLabel: '1' },
			variables,
			messages: [opening, ...messages].map((message) => ({
				...messageRow(message),
				...(message.sender === 'user' && question
					? {
							reply: {
								msg_id: question.messageId,
								sender_type: question.sender,
								timestamp: seconds(question.at),
							},
						}
					: {}),
			})),
		};
	},
};
