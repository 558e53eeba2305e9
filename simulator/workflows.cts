/** How a workflow task and its contacts come into being; nothing here touches the state. */
import { hexId, numberId } from './random.cts';
import type { Contact, NodeTask, UploadedContact, Workflow } from './state.cts';
import type { Template } from './templates.cts';

export function newWorkflow(
	template: Template,
	task: { name: string; endTime: string; autoFinish: number },
): Workflow {
	const workflow: Workflow = {
		id: hexId(),
		template,
		...task,
		createdAt: new Date(),
		status: 'created',
		nodes: [],
		contacts: [],
		openContacts: 0,
	};
	workflow.nodes = template.nodes.map(({ name, type }): NodeTask => {
		const taskId = hexId();
		// The pattern of the vendor's examples: wf_<workflow>_<node>_<part of an id>.
		const taskName = `wf_${task.name}_${name}_${taskId.slice(0, 6)}`;
		const nodeName = `${name}_${taskId.slice(-6)}`;
		return { id: hexId(), name: nodeName, type, taskId, taskName, workflow, rounds: [] };
	});
	return workflow;
}

/** Takes the contact into the task; the same number uploaded twice is dialled twice (assumed). */
export function acceptContact(workflow: Workflow, details: UploadedContact): Contact {
	const contact: Contact = {
		uuid: hexId(),
		workflowId: workflow.id,
		callee: details.callee,
		caseId: details.case_id ?? '',
		variables: details.variables ?? {},
		details,
		acceptedAt: new Date(),
		status: 'created',
		rounds: [],
		messages: [],
	};
	for (const node of workflow.nodes.filter(({ type }) => type === 'voicebot')) {
		const round = {
			id: numberId(),
			node,
			contact,
			status: 'created' as const,
			dialling: false,
			calls: [],
		};
		node.rounds.push(round);
		contact.rounds.push(round);
	}
	workflow.contacts.push(contact);
	return contact;
}
