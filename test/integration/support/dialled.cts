/** A workflow task whose contacts have been called, as a start for reading it back. */
import type { Call, Workflow } from '../../../simulator/index.cts';
import { execute } from './n8n.cts';
import { CREATE, people, type Simulated } from './simulated.cts';

export interface Dialled {
	workflow: Workflow;
	workflowId: string;
	/** Outbound task of the voice node. */
	taskId: string;
	wabaTaskId: string;
	/** The last call of an answered contact. */
	answered: Call & { phone: string; caseId: string };
}

export async function dialled(
	{ simulator, credential }: Simulated,
	{ contacts = 12, templateId = '1001' } = {},
): Promise<Dialled> {
	const [created] = await execute(
		{ ...CREATE, templateId: { __rl: true, mode: 'id', value: templateId } },
		credential,
		{ items: people(contacts) },
	);
	await simulator.settled();
	const workflowId = String(created.json.workflowId);
	const workflow = simulator.state.workflows.get(workflowId);
	if (!workflow) throw new Error('The simulator has no such task');
	const taskOf = (type: string) => workflow.nodes.find((node) => node.type === type)?.taskId ?? '';
	const [answered] = workflow.contacts
		.flatMap(({ callee, caseId, rounds }) =>
			rounds.flatMap(({ calls }) =>
				calls.slice(-1).map((call) => ({ ...call, phone: callee, caseId })),
			),
		)
		.filter((call) => call.answered);
	return { workflow, workflowId, taskId: taskOf('voicebot'), wabaTaskId: taskOf('waba'), answered };
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
