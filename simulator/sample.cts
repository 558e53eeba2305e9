/** A made-up scene for firing one event by hand: a contact that has been through everything. */
import type { Scene } from './events/event.cts';
import type { EventName } from './events/index.cts';
import { newCall } from './nodes/voicebot.cts';
import { addMessage } from './nodes/waba.cts';
import { planRound } from './outcome.cts';
import { hexId } from './random.cts';
import type { NodeType, Template } from './templates.cts';
import { templates } from './templates.cts';
import type { Round } from './state.cts';
import { acceptContact, newWorkflow } from './workflows.cts';

/** Where it is not the default: the template, and the node that the event comes from. */
const origins: Partial<Record<EventName, { template?: number; node: NodeType }>> = {
	callCompletionInfoCheck: { template: 1002, node: 'voicebot' },
	apiNodePush: { node: 'api' },
	wabaMessage: { node: 'waba' },
	chatbotSessionEnd: { node: 'waba' },
	dialerTaskStatus: { template: 1004, node: 'pds' },
	dialerContactStatus: { template: 1004, node: 'pds' },
	dialerAgentStatus: { template: 1004, node: 'pds' },
};

/** Every scene has ids of its own, so that no two fired notices are repeats of each other. */
export function sampleScene(event: EventName, calls: number, seed: number): Scene {
	const { template = 1003, node: type = 'voicebot' } = origins[event] ?? {};
	const workflow = newWorkflow(knownTemplate(template), {
		name: 'fired by the simulator',
		endTime: '2099-12-31 18:00:00+08:00',
		autoFinish: 2,
	});
	workflow.status = 'finished';
	const rounds = Array.from({ length: calls }, (_, index) => {
		const callee = `+1202555${String(100 + (index % 100)).padStart(4, '0')}`;
		const contact = acceptContact(workflow, {
			callee,
			case_id: `case-${index + 1}`,
			callee_name: 'Sample Contact',
			variables: { name: 'Sample' },
		});
		contact.status = 'finished';
		addMessage(contact, 'chatbot', 'Hi, this is a reminder.', 'read');
		addMessage(contact, 'user', 'no', 'read');
		contact.rounds.forEach((round) => play(round, seed));
		return contact.rounds;
	}).flat();
	const node = workflow.nodes.find((candidate) => candidate.type === type) ?? workflow.nodes[0];
	return { node, contact: workflow.contacts[0], rounds, callId: hexId(), answered: true };
}

function knownTemplate(id: number): Template {
	const template = templates.get(id);
	if (!template) throw new Error(`no template ${id}`);
	return template;
}

function play(round: Round, seed: number): void {
	const rules = { seed, answerRate: 0.6, redials: round.node.workflow.template.redials };
	for (const plan of planRound(rules, round.contact.callee, round.contact.caseId)) {
		round.calls.push(newCall(round, plan, new Date()));
	}
	round.status = 'finished';
}
