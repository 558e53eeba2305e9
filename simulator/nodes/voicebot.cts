/** A robot calls: dial, redial until answered or used up, then one notice for the round. */
import { planRound, type CallPlan } from '../outcome.cts';
import { hexId } from '../random.cts';
import type { Call, Contact, NodeTask, Round } from '../state.cts';
import { addSeconds } from '../times.cts';
import type { World } from '../world.cts';
import { numbersOf } from '../rows.cts';

export async function callWithRobot(world: World, node: NodeTask, contact: Contact): Promise<void> {
	const round = contact.rounds.find((candidate) => candidate.node === node);
	if (!round) return;
	const { template } = node.workflow;
	const plans = planRound(
		{ ...world.options, redials: template.redials },
		contact.callee,
		contact.caseId,
	);
	for (const [dial, plan] of plans.entries()) {
		if (dial > 0) await world.clock.wait(template.redialWaitMs);
		await world.dialler.onLine(() => placeCall(world, round, plan));
		if (round.status === 'cancelled') return;
	}
	round.status = plans.at(-1)?.ringType === 'cantuse' ? 'failed' : 'finished';
	world.callNotices.add(round);
}

async function placeCall(world: World, round: Round, plan: CallPlan): Promise<void> {
	// The contact may have been cancelled while it waited for its turn.
	if (round.status === 'cancelled') return;
	round.status = 'pending';
	if (round.contact.status === 'created') round.contact.status = 'pending';
	round.dialling = true;
	await world.clock.wait(plan.ringSeconds * 1000);
	const call = newCall(round, plan, new Date());
	await world.clock.wait(plan.talkSeconds * 1000);
	call.recordingReadyAt = Date.now() + world.options.recordingDelayMs / world.options.speed;
	round.calls.push(call);
	world.state.addCall(call, round);
	round.dialling = false;
	if (round.contact.status === 'cancelled' && !plan.answered) round.status = 'cancelled';
}

/**
 * The call as it will be reported. Its length is the simulated one: at a higher speed the end
 * lies a little ahead of the real time.
 */
export function newCall(round: Round, plan: CallPlan, startedAt: Date): Call {
	const numbers = numbersOf(round.contact);
	return {
		...plan,
		callId: hexId(),
		calleeNumber: numbers[round.calls.length % numbers.length],
		callerNumber: '+12025550100',
		startedAt,
		endedAt: addSeconds(startedAt, plan.talkSeconds),
		recordingReadyAt: Date.now(),
	};
}
