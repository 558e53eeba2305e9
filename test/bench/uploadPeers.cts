/** The ways to upload contacts that are measured, each as a workflow from 'Start' to 'End'. */
import type { CredentialRef, Workflow, WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { aiRudder, code, start } from '../e2e/support/nodes.cts';
import { inARow } from '../e2e/support/world.cts';

/** A workflow task holds no more, so more contacts are several tasks. */
export const TASK_SIZE = 10_000;

export interface UploadPeer {
	name: string;
	/** The most that is asked of it: one request each for 100,000 contacts would take ten minutes. */
	largest: number;
	/** Whether it sends anything. */
	sends: boolean;
	workflow(setting: UploadSetting): Workflow;
}

export interface UploadSetting {
	credential: CredentialRef;
	baseUrl: string;
	/** Empty tasks to add to, one for each 10,000 contacts. */
	taskIds: string[];
	contacts: number;
}

const end = (): WorkflowNode => ({
	name: 'End',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
});

const generator = (count: number): WorkflowNode =>
	code(
		'Contacts',
		`return Array.from({ length: ${count} }, (_, i) => ({ json: {
			phone: '+1202' + (1000000 + i), case: 'CASE-' + i, name: 'Person ' + i } }));`,
	);

const create = (credential: CredentialRef): WorkflowNode =>
	aiRudder(credential, 'Create', {
		resource: 'workflowTask',
		operation: 'create',
		templateId: { __rl: true, mode: 'id', value: '1001' },
		taskName: 'Benchmark',
		endTime: '={{ $now.plus(1, "day") }}',
		contactsFrom: 'items',
		phoneNumber: '={{ $json.phone }}',
		caseId: '={{ $json.case }}',
		variablesFrom: 'input',
		variableColumns: 'name',
	});

const request = ({ credential, baseUrl }: UploadSetting, jsonBody: string): WorkflowNode => ({
	name: 'Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	credentials: { aiRudderApi: { id: credential.id, name: credential.name } },
	parameters: {
		method: 'POST',
		url: `${baseUrl}/service/cloud/workflow/uploaddetails`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'aiRudderApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody,
	},
});

const link = (node: string) => [{ node, type: 'main', index: 0 }];

/** Contacts in loops of 10,000, a workflow task each. */
function inLoops(contacts: number, createNode: WorkflowNode): Workflow {
	const loop: WorkflowNode = {
		name: 'Loop',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize: TASK_SIZE, options: {} },
	};
	return {
		name: 'Ours in loops',
		nodes: [start(), generator(contacts), loop, createNode, end()].map((node, index) => ({
			position: [index * 220, 0],
			...node,
		})),
		connections: {
			Start: { main: [link('Contacts')] },
			Contacts: { main: [link('Loop')] },
			Loop: { main: [link('End'), link('Create')] },
			Create: { main: [link('Loop')] },
		},
	};
}

/** Builds bodies of 500 contacts, as somebody does who has found out that one by one is too slow. */
const batches = (taskIds: string[]): WorkflowNode =>
	code(
		'Batches',
		`const tasks = ${JSON.stringify(taskIds)};
		const items = $input.all();
		const out = [];
		for (let from = 0; from < items.length; from += 500) {
			out.push({ json: {
				workflow_id: tasks[Math.floor(from / ${TASK_SIZE})],
				details: items.slice(from, from + 500).map(({ json }) => ({
					callee: json.phone, case_id: json.case, variables: { name: json.name } })),
			} });
		}
		return out;`,
	);

const ONE_CONTACT = (taskId: string): string =>
	`={{ JSON.stringify({ workflow_id: '${taskId}', details: [{ callee: $json.phone, case_id: $json.case, variables: { name: $json.name } }] }) }}`;

export const floor: UploadPeer = {
	name: 'contacts made, nothing sent',
	largest: Infinity,
	sends: false,
	workflow: ({ contacts }) => inARow('Floor', start(), generator(contacts), end()),
};

export const ours: UploadPeer = {
	name: 'AI Rudder node',
	largest: Infinity,
	sends: true,
	workflow: ({ credential, contacts }) =>
		contacts > TASK_SIZE
			? inLoops(contacts, create(credential))
			: inARow('Ours', start(), generator(contacts), create(credential), end()),
};

export const handTuned: UploadPeer = {
	name: 'Code (bodies of 500) + HTTP Request',
	largest: Infinity,
	sends: true,
	workflow: (setting) =>
		inARow(
			'Code and HTTP Request',
			start(),
			generator(setting.contacts),
			batches(setting.taskIds),
			request(setting, '={{ JSON.stringify($json) }}'),
			end(),
		),
};

export const onePerItem: UploadPeer = {
	name: 'HTTP Request, one per item',
	largest: TASK_SIZE,
	sends: true,
	workflow: (setting) =>
		inARow(
			'HTTP Request',
			start(),
			generator(setting.contacts),
			request(setting, ONE_CONTACT(setting.taskIds[0])),
			end(),
		),
};

export const UPLOAD_PEERS: readonly UploadPeer[] = [floor, ours, handTuned, onePerItem];
