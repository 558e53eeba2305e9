/** The nodes that the tests' workflows are made of. */
import { randomUUID } from 'node:crypto';
import type { CredentialRef, WorkflowNode } from '../../../scripts/real-n8n/client.cts';

const ours = ({ id, name }: CredentialRef) => ({ aiRudderApi: { id, name } });

export const start = (): WorkflowNode => ({
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
});

/** Items made by a line of JavaScript. */
export const code = (name: string, jsCode: string): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode },
});

/** So many contacts with numbers that nobody has. */
export const contacts = (count: number): WorkflowNode =>
	code(
		'Contacts',
		`return Array.from({ length: ${count} }, (_, i) => ({ json: {
			phone: '+1202555' + String(100 + i).padStart(4, '0'), case: 'CASE-' + i, name: 'Person ' + i } }));`,
	);

export const aiRudder = (
	credential: CredentialRef,
	name: string,
	parameters: Record<string, unknown>,
): WorkflowNode => ({
	name,
	type: 'n8n-nodes-airudder.aiRudder',
	typeVersion: 1,
	credentials: ours(credential),
	parameters,
});

const FROM_COLUMNS = {
	phoneNumber: '={{ $json.phone }}',
	caseId: '={{ $json.case }}',
	variablesFrom: 'input',
	variableColumns: 'name',
};

/** Workflow Task: Create with all input items as contacts. */
export const createTask = (
	credential: CredentialRef,
	taskName: string,
	options: Record<string, unknown> = {},
	parameters: Record<string, unknown> = {},
): WorkflowNode =>
	aiRudder(credential, 'Create', {
		resource: 'workflowTask',
		operation: 'create',
		templateId: { __rl: true, mode: 'id', value: '1001' },
		taskName,
		endTime: '={{ $now.plus(1, "day") }}',
		contactsFrom: 'items',
		...FROM_COLUMNS,
		options,
		...parameters,
	});

/** Contact: Add with all input items as contacts. */
export const addContacts = (
	credential: CredentialRef,
	workflowId: string,
	options: Record<string, unknown> = {},
): WorkflowNode =>
	aiRudder(credential, 'Add', {
		resource: 'contact',
		operation: 'add',
		workflowId: { __rl: true, mode: 'id', value: workflowId },
		...FROM_COLUMNS,
		options,
	});

/** Contact: Call and Wait, with the first input item in a task of its own that dials once. */
export const callAndWait = (
	credential: CredentialRef,
	parameters: Record<string, unknown> = {},
): WorkflowNode =>
	aiRudder(credential, 'Call', {
		resource: 'contact',
		operation: 'callAndWait',
		addTo: 'newTask',
		templateId: { __rl: true, mode: 'id', value: '1005' },
		taskName: 'Call and wait',
		endTime: '={{ $now.plus(1, "day") }}',
		...FROM_COLUMNS,
		...parameters,
	});

export const trigger = (
	credential: CredentialRef,
	parameters: Record<string, unknown> = {},
): WorkflowNode => ({
	name: 'Outcomes',
	type: 'n8n-nodes-airudder.aiRudderTrigger',
	typeVersion: 1.1,
	credentials: ours(credential),
	webhookId: randomUUID(),
	parameters: { events: ['callCompletion'], ...parameters },
});

/** Holds the flow for so many seconds. */
export const wait = (seconds: number): WorkflowNode =>
	code(
		'Wait',
		`await new Promise((done) => setTimeout(done, ${seconds * 1000})); return $input.all();`,
	);

/** Holds the flow until its resume address, with the suffix as its path, is posted to. */
export const waitForPost = (name: string, webhookSuffix = ''): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	webhookId: randomUUID(),
	parameters: { resume: 'webhook', httpMethod: 'POST', options: { webhookSuffix } },
});

/** An item made by one expression that gives JSON text. */
export const set = (name: string, jsonOutput: string): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput, options: {} },
});
