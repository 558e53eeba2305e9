/** Every example is imported into a real n8n and does there what its note promises. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { NodeHelpers, type INode } from 'n8n-workflow';
import { z } from 'zod';
import { AiRudder } from '../../nodes/AiRudder/AiRudder.node.ts';
import { AiRudderTrigger } from '../../nodes/AiRudder/AiRudderTrigger.node.ts';
import { readExample } from '../../scripts/demo/examples.cts';
import { until, type StoredWorkflow, type WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { errorOf, outputOf } from '../../scripts/real-n8n/execution.cts';
import { ROOT } from '../../scripts/real-n8n/paths.cts';
import { startSimulator, type EventName } from '../../simulator/index.cts';
import { templates } from '../../simulator/templates.cts';
import { textsOf } from '../integration/support/texts.cts';
import { startChatModel } from './support/chatModel.cts';
import { createTask, code, start } from './support/nodes.cts';
import { MAKES_TABLES } from './support/release.cts';
import {
	ACCOUNT,
	allOutputs,
	inARow,
	START_MS,
	startWorld,
	waitForOutputs,
	type World,
} from './support/world.cts';

let world: World;
/** Stands for the folder that n8n may write to. */
let storage: string;

beforeAll(async () => {
	storage = await mkdtemp(join(tmpdir(), 'recordings-'));
	world = await startWorld({}, { N8N_RESTRICT_FILE_ACCESS_TO: storage });
}, START_MS);

afterAll(async () => {
	await world?.close();
	await rm(storage, { recursive: true, force: true });
});

/** Parameters of a node that its example asks the user to change. */
type Changes = Record<string, Record<string, unknown>>;

/** Credentials of other nodes than ours, which an example asks the user to choose. */
type Credentials = Record<string, WorkflowNode['credentials']>;

async function importExample(
	file: string,
	changes: Changes = {},
	credentials: Credentials = {},
	ours = world.credential,
): Promise<StoredWorkflow> {
	const example = await readExample(file, ours);
	const nodes = example.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] },
		...(credentials[node.name] && { credentials: credentials[node.name] }),
	}));
	return world.client.createWorkflow({ ...example, nodes });
}

/** Publishes an example and has the simulator send its notices there. */
async function publish(workflow: StoredWorkflow, event: EventName): Promise<string> {
	const trigger = workflow.nodes.find(({ type }) => type.endsWith('.aiRudderTrigger'));
	if (!trigger) throw new Error(`${workflow.name} has no AI Rudder Trigger.`);
	await world.client.activate(workflow.id);
	const url = world.client.webhookUrl(trigger);
	world.simulator.setWebhookUrl(event, url);
	return url;
}

/** Calls so many contacts whose case IDs begin with the given letters. */
async function callContacts(prefix: string, count: number): Promise<string> {
	const contacts = code(
		'Contacts',
		`return Array.from({ length: ${count} }, (_, i) => ({ json: {
			phone: '+1202555' + String(100 + i).padStart(4, '0'), case: '${prefix}-' + i, name: 'Person ' + i } }));`,
	);
	const nodes = [start(), contacts, createTask(world.credential, prefix)];
	const { id } = await world.client.createWorkflow(inARow(prefix, ...nodes));
	const [item] = outputOf(await world.client.runManually(id, 'Start'), 'Create');
	return String(item.json.workflowId);
}

const startsWith = (prefix: string) => (value: unknown) => String(value).startsWith(prefix);

describe('every example', () => {
	const descriptions = [new AiRudder().description, new AiRudderTrigger().description];
	const descriptionOf = ({ type }: WorkflowNode) =>
		descriptions.find(({ name }) => `n8n-nodes-airudder.${name}` === type.replace(/Tool$/, ''));
	/** What the editor calls the fields of our nodes. */
	const LABELS = descriptions.flatMap(({ properties }) => properties.flatMap(textsOf)).join('\n');
	/** What else the notes name: n8n's buttons, an operation, a question for the agent. */
	const OF_N8N = [
		...['Execute workflow', 'Executions', 'Contact: Add'],
		'What did +12025550100 say in our last call?',
	];
	/** What n8n itself adds to a node that serves as a tool. */
	const OF_TOOLS = ['descriptionType', 'toolDescription'];
	let files: string[];

	beforeAll(async () => {
		files = (await readdir(join(ROOT, 'examples'))).filter((file) => file.endsWith('.json'));
	});

	test('says in a note what to change, and holds no credential', async () => {
		expect(files.length).toBeGreaterThanOrEqual(10);
		for (const file of files) {
			const text = await readFile(join(ROOT, 'examples', file), 'utf8');
			const { nodes } = JSON.parse(text) as { nodes: WorkflowNode[] };
			const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote');
			expect(String(note?.parameters.content)).toMatch(/^## /);
			expect(nodes.filter(({ credentials }) => credentials)).toEqual([]);
			const others = JSON.stringify(nodes.filter((node) => node !== note));
			const known = [others, LABELS, ...OF_N8N].join('\n');
			// Names are in italics; what is bold is stressed.
			const names = String(note?.parameters.content).matchAll(/(?<!\*)\*([A-Z][^*]+)\*(?!\*)/g);
			for (const [, name] of names) expect(known).toContain(name);
		}
	});

	test('uses only parameters that the nodes have, and leaves no required one empty', async () => {
		for (const file of files) {
			const { nodes } = await importExample(file);
			for (const node of nodes) {
				const description = descriptionOf(node);
				if (!description) continue;
				const known = description.properties.map(({ name }) => name).concat(OF_TOOLS);
				expect(known).toEqual(expect.arrayContaining(Object.keys(node.parameters)));
				const parameters = NodeHelpers.getNodeParameters(
					description.properties,
					JSON.parse(JSON.stringify(node.parameters)),
					true,
					false,
					null,
					description,
				);
				const like = { ...node, parameters: parameters ?? {} } as unknown as INode;
				const issues = NodeHelpers.getNodeParametersIssues(
					description.properties,
					like,
					description,
				);
				expect({ file, node: node.name, issues }).toMatchObject({ issues: null });
			}
		}
	});
});

test('first-campaign and call-outcomes: ten contacts out, ten outcomes back', async () => {
	const outcomes = await importExample('call-outcomes.json');
	await publish(outcomes, 'callCompletion');
	const campaign = await importExample('first-campaign.json');
	const run = await world.client.runManually(campaign.id, 'Start here');
	expect(outputOf(run, 'Start the calls').map(({ json }) => json.state)).toEqual(
		Array(10).fill('uploaded'),
	);
	const items = await waitForOutputs(world.client, outcomes.id, 'Outcome of each call', 10);
	expect(items.map(({ json }) => json.name)).toContain('Amara Okafor');
	expect(items.map(({ json }) => json.answered)).toContain(true);
});

const callsEveryRow = async () => {
	const workflow = await importExample('crm-rows.json');
	await publish(workflow, 'callCompletion');
	const run = await world.client.runManually(workflow.id, 'Start here');
	expect(errorOf(run)).toBeUndefined();
	expect(outputOf(run, 'Start the calls').map(({ json }) => json.state)).toEqual(
		Array(3).fill('uploaded'),
	);
	const rows = await waitForOutputs(world.client, workflow.id, 'Write the outcome', 3);
	expect(rows.map(({ json }) => json.caseId).sort()).toEqual(['CRM-1', 'CRM-2', 'CRM-3']);
	for (const { json } of rows) {
		expect(json).toMatchObject({ state: 'finished', answered: expect.any(Boolean) });
		expect(json.phone).toMatch(/^\+1202555011/);
	}

	const before = world.simulator.acceptedContacts().length;
	const again = await world.client.runManually(workflow.id, 'Start here');
	expect(errorOf(again)).toBeUndefined();
	expect(outputOf(again, 'Rows to call')).toEqual([]);
	expect(world.simulator.acceptedContacts()).toHaveLength(before);
};

const oneRow = (caseId: string, phone: string) => ({
	jsCode: `return [{ json: ${JSON.stringify({ caseId, phone, name: 'Sample', amount: '1.00' })} }];`,
});

const notesThatARowWasNotSent = async () => {
	const rows = { 'Example rows': oneRow('CRM-NO-NUMBER', 'unknown') };
	const workflow = await importExample('crm-rows.json', rows);
	const run = await world.client.runManually(workflow.id, 'Start here');
	expect(errorOf(run)).toBeUndefined();
	expect(outputOf(run, 'Note the state').map(({ json }) => json)).toEqual([
		expect.objectContaining({ caseId: 'CRM-NO-NUMBER', state: 'notSent' }),
	]);
};

/** Between reading the rows and marking them, as when two runs overlap. */
const callsNoRowOfAnotherRun = async () => {
	const { nodes, connections, ...rest } = await readExample('crm-rows.json', world.credential);
	const rows = oneRow('CRM-OTHER', '+12025550119');
	const marks = nodes.filter(({ name }) => name === 'Mark as sending');
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const workflow = await world.client.createWorkflow({
		...rest,
		nodes: [
			...nodes.map((node) => (node.name === 'Example rows' ? { ...node, parameters: rows } : node)),
			...marks.map((node) => ({ ...node, id: 'another-run', name: 'Another run' })),
		],
		connections: {
			...connections,
			'Rows to call': to('Another run'),
			'Another run': to('Mark as sending'),
		},
	});
	const before = world.simulator.acceptedContacts().length;
	const run = await world.client.runManually(workflow.id, 'Start here');
	expect(errorOf(run)).toBeUndefined();
	expect(outputOf(run, 'Another run').map(({ json }) => json.caseId)).toEqual(['CRM-OTHER']);
	expect(outputOf(run, 'Mark as sending')).toEqual([]);
	expect(world.simulator.acceptedContacts()).toHaveLength(before);
};

const callsNobody = async () => {
	const workflow = await importExample('crm-rows.json');
	const before = world.simulator.acceptedContacts().length;
	const run = await world.client.runManually(workflow.id, 'Start here');
	expect(run.data.resultData.lastNodeExecuted).toBe('Make the table');
	expect(errorOf(run)).toBeDefined();
	expect(world.simulator.acceptedContacts()).toHaveLength(before);
};

if (MAKES_TABLES) {
	test('crm-rows: every row is called once and gets its outcome', callsEveryRow);
	test('crm-rows: a row that was not sent says so', notesThatARowWasNotSent);
	test('crm-rows: a row that another run has marked is not called', callsNoRowOfAnotherRun);
} else test('crm-rows: where n8n cannot make the table it calls nobody', callsNobody);

test('follow-up: who had no time is called once more, and only once', async () => {
	const workflow = await importExample('follow-up.json');
	await publish(workflow, 'callCompletion');
	const call = {
		CallID: 'busy-call',
		CalleeNumber: '+12025550177',
		CaseID: 'BUSY-1',
		Status: 'finished',
		CallStartTime: '2026-11-20T10:00:00Z',
		CallEndTime: '2026-11-20T10:00:20Z',
		Variables: { name: 'Sample' },
	};
	const report = (fields: object) =>
		world.simulator.fire('callCompletion', {
			workflow_id: 'busy-task',
			Details: [{ ...call, Intention: 'G', ...fields }],
		});
	await report({});
	const [followUp] = await waitForOutputs(world.client, workflow.id, 'Call again', 1);
	expect(followUp.json).toMatchObject({ caseId: 'BUSY-1-followup', state: 'uploaded' });
	const [outcome] = await waitForOutputs(world.client, workflow.id, 'Nothing more to do', 1);
	expect(outcome.json.caseId).toBe('BUSY-1-followup');
	expect(outcome.json.variables).toEqual({ name: 'Sample' });
	await report({ CallID: 'call-of-another-voice-node' });
	await report({ CallID: 'call-without-case-id', CaseID: '' });
	await waitForOutputs(world.client, workflow.id, 'When calls are finished', 4);
	expect(await allOutputs(world.client, workflow.id, 'Call again')).toHaveLength(1);
});

const fetchesWhatIsMissing = async () => {
	const workflow = await importExample('nightly-reconciliation.json');
	const runNow = async () => {
		const run = await world.client.runManually(workflow.id, 'Try it now');
		expect(errorOf(run)).toBeUndefined();
		return outputOf(run, 'Put your next step here')
			.map(({ json }) => String(json.caseId))
			.filter(startsWith('NIGHT'))
			.sort();
	};
	world.simulator.setWebhookUrl('callCompletion', undefined);
	await callContacts('NIGHT-A', 4);
	await world.simulator.settled();
	expect(await runNow()).toEqual(['NIGHT-A-0', 'NIGHT-A-1', 'NIGHT-A-2', 'NIGHT-A-3']);
	expect(await runNow()).toEqual([]);

	await publish(workflow, 'callCompletion');
	await callContacts('NIGHT-B', 3);
	await waitForOutputs(world.client, workflow.id, 'When calls are finished', 3);
	await world.simulator.settled();
	expect(await runNow()).toEqual([]);
};

const bringsAgainWhatWasNotDone = async () => {
	const example = await readExample('nightly-reconciliation.json', world.credential);
	const fails = {
		type: 'n8n-nodes-base.stopAndError',
		parameters: { errorMessage: 'The CRM is down' },
	};
	const withStep = (step: object) => ({
		...example,
		nodes: example.nodes.map((node) =>
			node.name === 'Put your next step here' ? { ...node, ...step } : node,
		),
	});
	world.simulator.setWebhookUrl('callCompletion', undefined);
	await callContacts('AGAIN', 2);
	await world.simulator.settled();
	const failing = await world.client.createWorkflow(withStep(fails));
	const working = await world.client.createWorkflow(withStep({}));

	const failed = await world.client.runManually(failing.id, 'Try it now');
	const run = await world.client.runManually(working.id, 'Try it now');

	expect(errorOf(failed)?.message).toBe('The CRM is down');
	const brought = outputOf(run, 'Put your next step here').map(({ json }) => json.caseId);
	expect(brought.filter(startsWith('AGAIN')).sort()).toEqual(['AGAIN-0', 'AGAIN-1']);
};

if (MAKES_TABLES) {
	test(
		'nightly-reconciliation: fetches what no notice brought, and nothing twice',
		fetchesWhatIsMissing,
	);
	test(
		'nightly-reconciliation: brings again what the next step did not do',
		bringsAgainWhatWasNotDone,
	);
} else {
	test('nightly-reconciliation: where n8n cannot make the table it says so', async () => {
		const workflow = await importExample('nightly-reconciliation.json');
		const run = await world.client.runManually(workflow.id, 'Try it now');
		expect(run.data.resultData.lastNodeExecuted).toBe('Make the table');
		expect(errorOf(run)).toBeDefined();
	});
}

test('recordings-to-storage: each recording becomes a file, by itself and on request', async () => {
	const { nodes, ...rest } = await readExample('recordings-to-storage.json', world.credential);
	const written = nodes.find(({ name }) => name === 'Save')?.parameters.fileName;
	const fileName = String(written).replace('/home/node/.n8n-files', storage);
	const save = { Save: { fileName } };
	const workflow = await importExample('recordings-to-storage.json', save);
	await publish(workflow, 'callCompletion');
	const workflowId = await callContacts('REC', 6);
	const saved = await waitForOutputs(world.client, workflow.id, 'Save', 1);
	await world.simulator.settled();
	for (const { json } of saved) {
		expect((await stat(String(json.fileName))).size).toBe(json.bytes);
		expect(json.mimeType).toMatch(/^audio\//);
		// Other recordings may have the same name.
		expect(basename(String(json.fileName))).toMatch(new RegExp(`^${String(json.callId)}-.+`));
	}
	const [{ json: first }] = saved;
	const call = (await allOutputs(world.client, workflow.id, 'Answered')).find(
		({ json }) => json.callId === first.callId,
	);
	const wanted = { workflowId, phoneNumber: call?.json.phoneNumber };
	const assignments = Object.entries(wanted).map(([name, value]) => ({
		id: name,
		name,
		type: 'string',
		value,
	}));
	const byHand = await importExample('recordings-to-storage.json', {
		...save,
		'Which number': { assignments: { assignments } },
	});
	const run = await world.client.runManually(byHand.id, 'Start here');
	expect(errorOf(run)).toBeUndefined();
	expect(outputOf(run, 'Save').map(({ json }) => json.callId)).toContain(first.callId);

	const calls = `return ['missing', '${String(first.callId)}'].map((callId) => ({ json: { callId } }));`;
	const oneMissing = await world.client.createWorkflow({
		...rest,
		nodes: nodes.map((node) => {
			if (node.name === 'Its recordings')
				return { ...code(node.name, calls), id: node.id, position: node.position };
			return node.name === 'Save'
				? { ...node, parameters: { ...node.parameters, fileName } }
				: node;
		}),
	});
	const incomplete = await world.client.runManually(oneMissing.id, 'Start here');
	expect(errorOf(incomplete)?.message).toMatch(/refused the request/);
	expect(outputOf(incomplete, 'Save').map(({ json }) => json.callId)).toEqual([first.callId]);
});

test('whatsapp-summary: one line for each chat, with what was said', async () => {
	const workflow = await importExample('whatsapp-summary.json');
	await publish(workflow, 'chatbotSessionEnd');
	await world.simulator.fire('chatbotSessionEnd');
	const [{ json }] = await waitForOutputs(world.client, workflow.id, 'Tell your team', 1);
	expect(json).toMatchObject({
		phone: '+12025550100',
		intention: 'E',
		answers: 1,
		lastAnswer: 'no',
		minutes: expect.any(Number),
	});
	expect(json.chat).toBe('chatbot: Hi, this is a reminder.\nuser: no');
});

test('verified-push: a push of AI Rudder is acted on, a forged one is not', async () => {
	const workflow = await importExample('verified-push.json');
	const url = await publish(workflow, 'apiNodePush');
	world.simulator.setWebhookUrl('callCompletion', undefined);
	await callContacts('PUSH', 1);
	const [genuine] = await waitForOutputs(world.client, workflow.id, 'Act on it', 1);
	expect(genuine.json).toMatchObject({ case: 'PUSH-0', phone: '+12025550100' });

	const forgery = {
		workflow_id: 'forged',
		node_id: 'forged',
		callee: { callee_number: '+12025550100', case_id: 'PUSH-0' },
	};
	await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(forgery),
	});
	const [forged] = await waitForOutputs(world.client, workflow.id, 'Look into it', 1);
	expect(forged.json).toMatchObject({ verified: false, workflowId: 'forged' });
	expect(await allOutputs(world.client, workflow.id, 'Act on it')).toHaveLength(1);
});

test('ask-for-outcome: goes on with the outcome of the call', async () => {
	const workflow = await importExample('ask-for-outcome.json', {
		'Wait a minute': { amount: 1, unit: 'seconds' },
	});
	const id = await world.client.startManually(workflow.id, 'Start here');
	const run = await until('the outcome', async () => {
		const execution = await world.client.execution(id);
		return ['success', 'error'].includes(execution.status) ? execution : undefined;
	});
	expect(errorOf(run)).toBeUndefined();
	const [{ json }] = outputOf(run, 'Outcome');
	expect(json).toMatchObject({
		phoneNumber: '+12025550100',
		// The case ID, and with it the outcome, is another one at another time.
		status: expect.stringMatching(/^(finished|failed)$/),
		answered: expect.any(Boolean),
	});
	expect(outputOf(run, 'No outcome within an hour')).toEqual([]);
});

test('ask-for-outcome: asks once a minute however many calls the contact has', async () => {
	// So slow that no call ends by itself, and nobody is missed, which would end it at once.
	const simulator = await startSimulator({ ...ACCOUNT, speed: 0.01, answerRate: 1 });
	const nodes = templates.get(1001)?.nodes ?? [];
	nodes.push({ type: 'voicebot', name: 'Voicebot Call2' });
	try {
		const data = { ...world.credentialData, baseUrl: simulator.url };
		const credential = await world.client.createCredential('Slow', 'aiRudderApi', data);
		const workflow = await importExample(
			'ask-for-outcome.json',
			{ 'Wait a minute': { amount: 1, unit: 'seconds' } },
			{},
			credential,
		);
		const asked = () =>
			simulator.requests.filter(({ operation }) => operation === 'call:getByContact').length;
		const id = await world.client.startManually(workflow.id, 'Start here');
		await until('the second question', async () => (asked() >= 2 ? true : undefined));
		for (const contact of simulator.acceptedContacts()) {
			for (const round of contact.rounds) round.status = 'finished';
		}

		const run = await world.client.finished(id);

		expect(errorOf(run)).toBeUndefined();
		expect(outputOf(run, 'Outcome')).toHaveLength(2);
		expect(run.data.resultData.runData['Ask for the call']).toHaveLength(asked());
	} finally {
		nodes.pop();
		await simulator.close();
	}
});

test('ai-agent: asks our nodes, as its tools, and answers with what a contact said', async () => {
	world.simulator.setWebhookUrl('callCompletion', undefined);
	const workflowId = await callContacts('AGENT', 1);
	await world.simulator.settled();
	const contact = { Phone_Number: '+12025550100' };
	const model = await startChatModel(([tasks, calls]) => {
		if (tasks === undefined) return [{ tool: 'Find_tasks_of_a_contact', arguments: contact }];
		if (!tasks.includes(workflowId)) return `The tool gave: ${tasks}`;
		if (calls !== undefined) return calls;
		const chosen = { ...contact, Workflow_Task: workflowId };
		return [{ tool: 'Get_calls_of_a_contact', arguments: chosen }];
	});
	try {
		const { id, name } = await world.client.createCredential('Model', 'openAiApi', {
			apiKey: 'none',
			url: model.url,
		});
		const workflow = await importExample(
			'ai-agent.json',
			{ 'When a message arrives': { public: true } },
			{ Model: { openAiApi: { id, name } } },
		);
		await world.client.activate(workflow.id);
		const chat = workflow.nodes.find(({ type }) => type.endsWith('.chatTrigger'));
		const answer = await fetch(`${world.n8n.url}/webhook/${chat?.webhookId}/chat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				action: 'sendMessage',
				sessionId: 'one',
				chatInput: 'What did +12025550100 say?',
			}),
		});
		const { output } = z.object({ output: z.string() }).parse(await answer.json());
		expect([...model.offered].sort()).toEqual([
			'Find_tasks_of_a_contact',
			'Get_calls_of_a_contact',
		]);
		expect(JSON.parse(output)).toEqual([
			expect.objectContaining({
				caseId: 'AGENT-0',
				transcript: expect.arrayContaining([expect.objectContaining({ speaker: 'contact' })]),
			}),
		]);
	} finally {
		model.close();
	}
});
