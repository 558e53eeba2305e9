/** Runs of workflows whose data nobody looks at: reading it back would be measured along with them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient, Workflow } from '../../../scripts/real-n8n/client.cts';
import { RUNNING, type ExecutionSummary } from '../../../scripts/real-n8n/execution.cts';

const POLL_MS = 200;
const LONGEST_MS = 15 * 60_000;

const durationOf = ({ startedAt, stoppedAt }: ExecutionSummary): number =>
	Date.parse(stoppedAt ?? '') - Date.parse(startedAt ?? '');

/** The executions of a workflow, once there are so many and all have ended. */
export async function ended(
	client: N8nClient,
	workflowId: string,
	count: number,
	timeoutMs = LONGEST_MS,
): Promise<ExecutionSummary[]> {
	const until = Date.now() + timeoutMs;
	for (;;) {
		// Under load n8n may answer that it is not ready.
		const all = await client.executions(workflowId).catch((): ExecutionSummary[] => []);
		const open = all.filter(({ status }) => RUNNING.includes(status));
		if (all.length >= count && open.length === 0) return all;
		if (Date.now() > until) {
			throw new Error(
				`${all.length} of ${count} executions after a long wait, ${open.length} open`,
			);
		}
		await sleep(POLL_MS);
	}
}

/** Runs a workflow by hand; gives the time from its start to its end as n8n has it. */
export async function timedRun(client: N8nClient, workflow: Workflow): Promise<number> {
	const { id } = await client.createWorkflow(workflow);
	await client.startManually(id, 'Start');
	const [execution] = await ended(client, id, 1);
	if (execution.status !== 'success') {
		throw new Error(
			`Execution ${execution.id} of '${workflow.name}' ended with ${execution.status}`,
		);
	}
	return durationOf(execution);
}
