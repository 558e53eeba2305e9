/** Every operation's panel opens, shows the fields that belong to it, and marks the required ones that are empty. */
import { randomUUID } from 'node:crypto';
import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { Locator } from 'playwright-core';
import { AiRudder } from '../../../nodes/AiRudder/AiRudder.node.ts';
import { RESOURCES } from '../../../nodes/AiRudder/actions/resources.ts';
import type { WorkflowNode } from '../../../scripts/real-n8n/client.cts';
import type { Stage } from '../support/stage.cts';

const COLUMNS = 5;
const { description } = new AiRudder();

interface Shown {
	name: string;
	/** What stands under its name on the canvas. */
	subtitle: string;
	node: WorkflowNode;
}

/** A node of each operation, as if it had just been put on the canvas, in a grid that fits the window. */
const OPERATIONS: Shown[] = RESOURCES.flatMap(({ option, operations }) =>
	operations.map((operation) => ({
		resource: String(option.value),
		operation: String(operation.option.value),
		name: `${option.name} ${operation.option.name}`,
		subtitle: `${operation.option.name}: ${option.name}`,
	})),
).map(({ resource, operation, name, subtitle }, index) => ({
	name,
	subtitle,
	node: {
		id: randomUUID(),
		name,
		type: 'n8n-nodes-airudder.aiRudder',
		typeVersion: 1,
		position: [(index % COLUMNS) * 240, Math.floor(index / COLUMNS) * 200],
		parameters: { resource, operation },
	},
}));

export function panelTests(stage: () => Stage): void {
	let workflowId = '';

	beforeAll(async () => {
		const { client, credential } = stage().world;
		const credentials = { aiRudderApi: { id: credential.id, name: credential.name } };
		const nodes = OPERATIONS.map(({ node }) => ({ ...node, credentials }));
		workflowId = (await client.createWorkflow({ name: 'Operations', nodes, connections: {} })).id;
		await stage().editor.openWorkflow(workflowId);
	});

	test.each(OPERATIONS)('$name', async ({ name, subtitle, node }) => {
		const { editor } = stage();
		await editor.node(name).getByText(subtitle, { exact: true }).waitFor();
		const panel = await editor.openNode(name);
		const shown = shownFields(node);
		for (const { displayName } of shown.filter(({ type }) => type !== 'notice')) {
			await panel.getByText(displayName, { exact: true }).first().waitFor();
		}
		expect(await marked(panel)).toEqual(shown.filter(isRequiredAndEmpty).map(({ name }) => name));
		await editor.closeNode();
	});
}

/** What n8n itself says is shown with these parameters. */
function shownFields(node: WorkflowNode): INodeProperties[] {
	const { properties } = description;
	const like: INode = { ...asNode(node), parameters: {} };
	const values =
		NodeHelpers.getNodeParameters(
			properties,
			{ resource: String(node.parameters.resource), operation: String(node.parameters.operation) },
			true,
			false,
			like,
			description,
		) ?? {};
	return properties.filter((field) =>
		NodeHelpers.displayParameter(values, field, like, description as INodeTypeDescription),
	);
}

const asNode = ({ id, name, type, typeVersion }: WorkflowNode): INode => ({
	id: id ?? '',
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: {},
});

function isRequiredAndEmpty({ required, default: value }: INodeProperties): boolean {
	const initial = typeof value === 'object' && value !== null ? Reflect.get(value, 'value') : value;
	return required === true && initial === '';
}

/** The fields with n8n's red mark. */
async function marked(panel: Locator): Promise<string[]> {
	const fields = panel.locator('.has-issues');
	const ids = await fields.evaluateAll((found) =>
		found.map((field) => field.getAttribute('data-test-id') ?? ''),
	);
	return ids.map((id) => id.replace('parameter-input-', ''));
}
