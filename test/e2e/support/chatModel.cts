/** A chat model with OpenAI's interface that answers by a script: what an AI agent's model would decide. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as bodyOf } from 'node:stream/consumers';
import { z } from 'zod';

const request = z.object({
	messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
	tools: z.array(z.object({ function: z.object({ name: z.string(), parameters: z.unknown() }) })),
});

export interface ToolCall {
	/** As the agent's tools are called, which n8n makes of the node's name. */
	tool: string;
	arguments: Record<string, unknown>;
}

/**
 * What the model says once it knows the results of its tool calls so far: further calls, or its answer.
 * Without either it refuses the request.
 */
export type Script = (results: string[]) => ToolCall[] | string | undefined;

export interface ChatModel {
	/** The base URL for n8n's OpenAI credential. */
	url: string;
	/** The names of the tools that were offered. */
	offered: Set<string>;
	close(): void;
}

function messageOf(decision: ToolCall[] | string) {
	if (typeof decision === 'string') return { role: 'assistant', content: decision };
	const calls = decision.map(({ tool: name, arguments: values }) => ({
		id: `call_${randomUUID()}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(values) },
	}));
	return { role: 'assistant', content: null, tool_calls: calls };
}

export async function startChatModel(script: Script): Promise<ChatModel> {
	const offered = new Set<string>();
	const server = createServer((incoming, answer) => {
		void bodyOf(incoming).then((body) => {
			const { messages, tools } = request.parse(body);
			for (const tool of tools) offered.add(tool.function.name);
			const results = messages
				.filter(({ role }) => role === 'tool')
				.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
			const decision = script(results);
			if (decision === undefined) {
				answer.writeHead(400).end();
				return;
			}
			const message = messageOf(decision);
			answer.setHeader('content-type', 'application/json').end(
				JSON.stringify({
					id: 'chat',
					object: 'chat.completion',
					created: 0,
					model: 'scripted',
					choices: [
						{
							index: 0,
							message,
							finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop',
						},
					],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}/v1`, offered, close: () => server.close() };
}
