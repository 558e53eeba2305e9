/**
 * Every operation of the node in a real n8n, on a task that has been dialled; and every field that an
 * operation documents, read by an expression as a user would: n8n refuses some names there.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RESOURCES } from '../../nodes/AiRudder/actions/resources.ts';
import { errorOf, outputOf, type Item } from '../../scripts/real-n8n/execution.cts';
import { aiRudder, contacts, createTask, set, start } from './support/nodes.cts';
import { inARow, START_MS, startWorld, type World } from './support/world.cts';

const CONTACTS = 12;
const SCHEMAS = join(__dirname, '../../nodes/AiRudder/__schema__/v1.0.0');

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

let world: World;
let parameters: Record<string, Record<string, unknown>>;

beforeAll(async () => {
	world = await startWorld({ speed: 2_000, recordingDelayMs: 0 });
	const called = await dial('1003');
	const checked = await dial('1002');
	const search = {
		startTime: '={{ $now.minus(1, "day") }}',
		endTime: '={{ $now.plus(2, "day") }}',
	};
	const workflowId = byId(called.workflowId);
	const { phoneNumber, caseId, callId } = called.answered;
	parameters = {
		'call:get': { callId },
		'call:getByContact': { searchIn: 'workflowTask', workflowId, phoneNumber },
		'contact:cancel': { workflowId, phoneNumber },
		'contact:update': { workflowId, caseId, contactDetails: { comments: 'Moved house' } },
		'customApiNode:verifyPush': { workflowId, nodeId: called.nodeOf('api').id, phoneNumber },
		'outboundTask:getAll': { workflowId },
		'outboundTask:getCalls': { taskId: byId(called.nodeOf('voicebot').taskId) },
		'outboundTask:getCallsInfoCheck': { taskId: byId(checked.nodeOf('voicebot').taskId) },
		'recording:download': { recordingFrom: 'callId', callId },
		'recording:getAll': { workflowId, phoneNumber },
		'wabaTask:getAll': { workflowId },
		'wabaTask:getMessages': { workflowId, wabaTaskId: byId(called.nodeOf('waba').taskId) },
		'workflowTask:find': { phoneNumber, ...search },
		'workflowTask:getAll': {},
		'workflowTask:getSubtasks': { workflowId },
		'workflowTask:stop': { workflowId },
		'workflowTemplate:getAll': {},
	};
}, START_MS);

afterAll(() => world?.close());

/** Creates a task of this template, waits until everybody has been called, and tells what there is to read. */
async function dial(templateId: string) {
	const create = createTask(
		world.credential,
		`Template ${templateId}`,
		{},
		{ templateId: byId(templateId) },
	);
	const nodes = [start(), contacts(CONTACTS), create];
	const { id } = await world.client.createWorkflow(inARow('Create', ...nodes));
	const [first] = outputOf(await world.client.runManually(id, 'Start'), 'Create');
	await world.simulator.settled();
	const workflowId = String(first.json.workflowId);
	const task = world.simulator.state.workflows.get(workflowId);
	if (!task) throw new Error('The simulator has no such task');
	const [answered] = task.contacts.flatMap(({ callee, caseId, rounds }) =>
		rounds
			.flatMap(({ calls }) => calls.slice(-1))
			.filter((call) => call.answered)
			.map(({ callId }) => ({ phoneNumber: callee, caseId, callId })),
	);
	const nodeOf = (type: string) => {
		const node = task.nodes.find((each) => each.type === type);
		if (!node) throw new Error(`The task has no ${type} node`);
		return node;
	};
	return { workflowId, answered, nodeOf };
}

/** These have tests of their own. */
const DIALLING = ['workflowTask:create', 'contact:add', 'contact:callAndWait'];

const names = RESOURCES.flatMap(({ option, operations }) =>
	operations.map((operation) => `${option.value}:${operation.option.value}`),
).filter((name) => !DIALLING.includes(name));

const schema: z.ZodType<Schema> = z.lazy(() =>
	z.object({
		properties: z.record(schema).optional(),
		items: schema.optional(),
	}),
);
interface Schema {
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** How an expression reaches each field of a schema. */
function pathsOf({ properties, items }: Schema, path = '$json'): string[] {
	if (items) return pathsOf(items, `${path}?.[0]`);
	if (!properties) return [path];
	return Object.entries(properties).flatMap(([name, field]) => [
		...(path === '$json' ? [] : [path]),
		...pathsOf(field, path === '$json' ? `$json["${name}"]` : `${path}?.["${name}"]`),
	]);
}

/** The same by code, to compare with. */
function valueAt({ json }: Item, path: string): unknown {
	const steps = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]/g)].map(
		([, name, index]) => name ?? index,
	);
	return steps.reduce<unknown>(
		(value, step) => (value as Record<string, unknown> | null | undefined)?.[step],
		json,
	);
}

test.each(names)('%s', async (name) => {
	const [resource, operation] = name.split(':');
	const documented = schema.parse(
		JSON.parse(await readFile(join(SCHEMAS, resource, `${operation}.json`), 'utf8')),
	);
	const paths = [...new Set(pathsOf(documented))].filter((path) => path !== '$json');
	const read = `={{ JSON.stringify({ fields: [${paths.map((path) => `(${path}) ?? null`).join(', ')}] }) }}`;
	const node = aiRudder(world.credential, 'AI Rudder', {
		resource,
		operation,
		...parameters[name],
	});
	const { id } = await world.client.createWorkflow(inARow(name, start(), node, set('Read', read)));

	const run = await world.client.runManually(id, 'Start');

	expect(errorOf(run)).toBeUndefined();
	const items = outputOf(run, 'AI Rudder');
	expect(items.length).toBeGreaterThan(0);
	expect(items.map(({ json }) => json.error).filter(Boolean)).toEqual([]);
	const [seen] = outputOf(run, 'Read');
	expect(seen.json.fields).toEqual(paths.map((path) => valueAt(items[0], path) ?? null));
});

test('From List fills each picker from AI Rudder', async () => {
	const node = { name: 'n8n-nodes-airudder.aiRudder', version: 1 };
	for (const method of ['getTemplates', 'getWorkflowTasks']) {
		const found = await world.client.listSearch({ node, method, credential: world.credential });
		expect(found.length).toBeGreaterThan(0);
	}
});
