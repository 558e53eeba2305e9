/** The importable workflows of examples/, with the demo's credential put into our nodes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CredentialRef, Workflow } from '../real-n8n/client.cts';
import { ROOT } from '../real-n8n/paths.cts';

const PACKAGE = 'n8n-nodes-airudder';
export const MANUAL_TRIGGER_TYPE = 'n8n-nodes-base.manualTrigger';
export const TRIGGER_TYPE = `${PACKAGE}.aiRudderTrigger`;

const workflow = z
	.object({
		name: z.string(),
		nodes: z.array(
			z
				.object({
					name: z.string(),
					type: z.string(),
					typeVersion: z.number(),
					parameters: z.record(z.unknown()),
					webhookId: z.string().optional(),
				})
				.passthrough(),
		),
		connections: z.record(z.unknown()),
	})
	.passthrough();

export async function readExample(file: string, credential: CredentialRef): Promise<Workflow> {
	const example = workflow.parse(JSON.parse(await readFile(join(ROOT, 'examples', file), 'utf8')));
	const { id, name, type } = credential;
	const nodes = example.nodes.map((node) =>
		node.type.startsWith(`${PACKAGE}.`) ? { ...node, credentials: { [type]: { id, name } } } : node,
	);
	return { ...example, nodes };
}
