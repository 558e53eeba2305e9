/** The predictive dialer connects a contact with a human agent; states as seen (C). */
import { planRound } from '../outcome.cts';
import { hexId } from '../random.cts';
import type { Contact, NodeTask } from '../state.cts';
import type { World } from '../world.cts';

export async function dialWithAgent(world: World, node: NodeTask, contact: Contact): Promise<void> {
	const { callee, caseId } = contact;
	const [plan] = planRound({ ...world.options, redials: 0 }, callee, caseId);
	const scene = { node, contact, callId: hexId(), answered: plan.answered };
	await world.dialler.onLine(async () => {
		if (contact.status === 'cancelled') return;
		contact.status = 'pending';
		world.outbox.send('dialerContactStatus', { ...scene, state: 'CALLING' });
		world.outbox.send('dialerContactStatus', { ...scene, state: 'RINGING' });
		await world.clock.wait(plan.ringSeconds * 1000);
		if (plan.answered) {
			world.outbox.send('dialerContactStatus', { ...scene, state: 'ANSWERED' });
			world.outbox.send('dialerAgentStatus', { ...scene, state: 'ANSWERED' });
			await world.clock.wait(plan.talkSeconds * 1000);
			world.outbox.send('dialerAgentStatus', { ...scene, state: 'HANGUP' });
			world.outbox.send('dialerAgentStatus', { ...scene, state: 'TALKRESULT' });
		}
		world.outbox.send('dialerContactStatus', { ...scene, state: 'HANGUP' });
	});
}
