/** A call with its recording link, as three operations answer it; field names assumed. */
import { callRow } from '../rows.cts';
import type { Call, Round } from '../state.cts';
import type { World } from '../world.cts';

/** Pre-signed and on another host; no link for a call that nobody answered. */
export function recordingLink(call: Call | undefined, world: World): string {
	if (!call?.answered) return '';
	const ready = call.recordingReadyAt <= Date.now();
	if (!ready && world.options.recordingNotReadyAs === 'emptyLink') return '';
	return `${world.otherHost.url}/recordings/${call.callId}.wav?X-Signature=simulated`;
}

export const callInfo = (round: Round, call: Call | undefined, world: World) => {
	const { node, contact } = round;
	return {
		TaskID: node.taskId,
		workflow_id: node.workflow.id,
		workflow_name: node.workflow.name,
		...callRow(round, world.options.timeZone),
		// A call ID may be that of a redial within the round.
		...(call ? { CallID: call.callId } : {}),
		case_id: contact.caseId,
		RecordingLink: recordingLink(call, world),
	};
};
