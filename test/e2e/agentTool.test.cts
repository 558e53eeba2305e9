/** An AI agent with Contact: Add as its tool: everybody it decides on is dialled, and dialled once. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { until } from '../../scripts/real-n8n/client.cts';
import { errorOf, outputOf } from '../../scripts/real-n8n/execution.cts';
import { startChatModel, type Script } from './support/chatModel.cts';
import { addContacts, contacts, createTask, start } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

jest.setTimeout(180_000);

let world: World;
let workflowId: string;

beforeAll(async () => {
	world = await startWorld();
	const nodes = [start(), contacts(1), createTask(world.credential, 'Agent')];
	const { id } = await world.client.createWorkflow(inARow('Task', ...nodes));
	const [item] = outputOf(await world.client.runManually(id, 'Start'), 'Create');
	workflowId = String(item.json.workflowId);
}, START_MS);

afterEach(() => world.simulator.faults.clear());

afterAll(() => world?.close());

const accepted = () => world.simulator.acceptedContacts().map(({ callee }) => callee);

const add = (phone: string) => ({ tool: 'Add', arguments: { Phone_Number: phone } });

/** From 3 on n8n itself runs the tools of an agent. */
const AGENTS = [2.2, 3];

/** A published agent whose model follows the script. */
async function publishAgent(typeVersion: number, script: Script, settings: object = {}) {
	const model = await startChatModel(script);
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
	const ask = () =>
		fetch(`${world.n8n.url}/webhook/${trigger.webhookId}/chat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'one', chatInput: 'Go' }),
		});
	return { id, ask, close: () => model.close() };
}

/** Chats with an agent whose model follows the script; gives its answer and whom AI Rudder took meanwhile. */
async function chat(typeVersion: number, script: Script, settings: object = {}) {
	const before = accepted().length;
	const agent = await publishAgent(typeVersion, script, settings);
	try {
		const answer = await agent.ask();
		// In n8n 1.x a tool that fails ends the flow of an agent of version 3, which then says nothing.
		const { output } = z.object({ output: z.string().default('') }).parse(await answer.json());
		return { output, numbers: accepted().slice(before).sort() };
	} finally {
		agent.close();
	}
}

/** The execution of the agent that has failed, once n8n says so. */
const failedOf = (workflowId: string) =>
	until('an execution to fail', async () => {
		const executions = await world.client.executions(workflowId).catch(() => []);
		return executions.find(({ status }) => ['crashed', 'error'].includes(status))?.id;
	});

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

	test('Retry of an execution that was killed in the middle of an upload has nobody dialled again', async () => {
		const before = accepted().length;
		const agent = await publishAgent(version, (results) =>
			results.length === 0 ? [add('+12025550137')] : results.join(),
		);
		try {
			world.simulator.faults.add({ operation: 'contact:add', kind: 'timeout-after' });
			const asked = agent.ask().catch(() => undefined);
			await until('the contact', async () => (accepted().length > before ? true : undefined));
			await world.n8n.kill();
			await asked;
			world.simulator.faults.clear();
			await world.n8n.restart();

			const retry = await world.client.retryExecution(await failedOf(agent.id));

			expect(accepted().slice(before)).toEqual(['+12025550137']);
			const shown = errorOf(retry, 'Add');
			expect(shown?.message).toMatch(/1 perhaps uploaded \(0 uploaded\)/);
			expect(shown?.description).toMatch(/has begun this upload/);
		} finally {
			agent.close();
		}
	});

	test("Retry of an execution that failed after AI Rudder's answer was lost has nobody dialled again", async () => {
		const before = accepted().length;
		let fails = true;
		const agent = await publishAgent(version, (results) => {
			if (results.length === 0) return [add('+12025550138')];
			return fails ? undefined : 'Done';
		});
		try {
			world.simulator.faults.add({ operation: 'contact:add', kind: 'truncated-json', times: 1 });
			await agent.ask();
			fails = false;

			const retry = await world.client.retryExecution(await failedOf(agent.id));

			expect(accepted().slice(before)).toEqual(['+12025550138']);
			expect(errorOf(retry, 'Add')?.message).toMatch(/1 perhaps uploaded \(0 uploaded\)/);
		} finally {
			agent.close();
		}
	});
});
