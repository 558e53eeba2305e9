/** An AI agent with Contact: Add as its tool: everybody it decides on is dialled, and dialled once. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { outputOf } from '../../scripts/real-n8n/execution.cts';
import { startChatModel, type Script } from './support/chatModel.cts';
import { addContacts, contacts, createTask, start } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

jest.setTimeout(120_000);

let world: World;
let workflowId: string;

beforeAll(async () => {
	world = await startWorld();
	const nodes = [start(), contacts(1), createTask(world.credential, 'Agent')];
	const { id } = await world.client.createWorkflow(inARow('Task', ...nodes));
	const [item] = outputOf(await world.client.runManually(id, 'Start'), 'Create');
	workflowId = String(item.json.workflowId);
}, START_MS);

afterAll(() => world?.close(), 60_000);

const add = (phone: string) => ({ tool: 'Add', arguments: { Phone_Number: phone } });

/** From 3 on n8n itself runs the tools of an agent. */
const AGENTS = [2.2, 3];

/** Chats with an agent whose model follows the script; gives its answer and whom AI Rudder took meanwhile. */
async function chat(typeVersion: number, script: Script, settings: object = {}) {
	const model = await startChatModel(script);
	const before = world.simulator.acceptedContacts().length;
	try {
		const credential = await world.client.createCredential('Model', 'openAiApi', {
			apiKey: 'none',
			url: model.url,
		});
		const trigger = {
			name: 'Chat',
			type: '@n8n/n8n-nodes-langchain.chatTrigger',
			typeVersion: 1.1,
			webhookId: randomUUID(),
			parameters: { public: true, options: {} },
		};
		const agent = {
			name: 'Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion,
			parameters: { options: {} },
		};
		const languageModel = {
			name: 'Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
			credentials: { openAiApi: { id: credential.id, name: credential.name } },
		};
		const ours = addContacts(world.credential, workflowId);
		const tool = {
			...ours,
			type: 'n8n-nodes-airudder.aiRudderTool',
			...settings,
			parameters: {
				...ours.parameters,
				descriptionType: 'manual',
				toolDescription: 'Calls a contact',
				phoneNumber: "={{ $fromAI('Phone_Number', '', 'string') }}",
				caseId: '',
				variablesFrom: 'fields',
			},
		};
		const { nodes, connections } = inARow('Agent', trigger, agent);
		const beside = { position: [0, 200] };
		const { id } = await world.client.createWorkflow({
			name: 'Agent',
			nodes: [...nodes, { ...languageModel, ...beside }, { ...tool, ...beside }],
			connections: {
				...connections,
				Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
				Add: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		});
		await world.client.activate(id);
		const answer = await fetch(`${world.n8n.url}/webhook/${trigger.webhookId}/chat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'one', chatInput: 'Go' }),
		});
		// In n8n 1.x a tool that fails ends the flow of an agent of version 3, which then says nothing.
		const { output } = z.object({ output: z.string().default('') }).parse(await answer.json());
		const taken = world.simulator.acceptedContacts().slice(before);
		return { output, numbers: taken.map(({ callee }) => callee).sort() };
	} finally {
		model.close();
	}
}

describe.each(AGENTS)('an agent of version %d', (version) => {
	test('contacts that the agent adds one after another are all uploaded', async () => {
		const { output, numbers } = await chat(version, (results) => {
			if (results.length === 0) return [add('+12025550131')];
			if (results.length === 1) return [add('+12025550132')];
			return results.join();
		});
		expect(output.match(/"state":"uploaded"/g)).toHaveLength(2);
		expect(numbers).toEqual(['+12025550131', '+12025550132']);
	});

	test('contacts that the agent adds at the same moment are all uploaded', async () => {
		const { output, numbers } = await chat(version, (results) =>
			results.length === 0 ? [add('+12025550133'), add('+12025550134')] : results.join(),
		);
		expect(output.match(/"state":"uploaded"/g)).toHaveLength(2);
		expect(numbers).toEqual(['+12025550133', '+12025550134']);
	});

	test('with Retry On Fail nobody is dialled again of whom is not known whether AI Rudder has them', async () => {
		world.simulator.faults.add({ operation: 'contact:add', kind: 'reset-after' });

		const { output, numbers } = await chat(
			version,
			(results) => (results.length === 0 ? [add('+12025550135')] : results.join()),
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		);

		world.simulator.faults.clear();
		expect(output).not.toMatch(/"state":"uploaded"/);
		expect(numbers).toEqual(['+12025550135']);
	});

	test('an agent that adds the same contact again has nobody dialled again', async () => {
		const { output, numbers } = await chat(version, (results) =>
			results.length < 2 ? [add('+12025550136')] : results.join(),
		);

		expect(output.match(/"state":"uploaded"/g)).toHaveLength(2);
		expect(numbers).toEqual(['+12025550136']);
	});
});
