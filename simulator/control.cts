/** Endpoints of the simulator itself, for whoever runs in another process. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isEventName, type EventName } from './events/index.cts';
import type { Simulator } from './index.cts';

const event = z.custom<EventName>(
	(name) => typeof name === 'string' && isEventName(name),
	'not one of the ten events',
);

const webhook = z.object({ event, url: z.string().url().optional() });

const firing = z.object({
	event,
	url: z.string().url().optional(),
	overrides: z.record(z.unknown()).optional(),
	calls: z.number().int().positive().optional(),
	copies: z.number().int().positive().optional(),
	wrongSign: z.boolean().optional(),
});

/** Every command, by its path below /simulator. */
const commands: Record<string, (simulator: Simulator, body: unknown) => unknown> = {
	webhooks(simulator, body) {
		const { event: name, url } = webhook.parse(body);
		simulator.setWebhookUrl(name, url);
		return simulator.webhookUrls;
	},
	fire(simulator, body) {
		const { event: name, overrides, url, ...how } = firing.parse(body);
		return simulator.fire(name, overrides, url, how);
	},
	'expire-tokens': (simulator) => {
		simulator.expireTokens();
		return {};
	},
};

export function addControl(app: FastifyInstance, simulator: Simulator): void {
	app.get('/simulator/state', async () => summary(simulator));
	for (const [name, run] of Object.entries(commands)) {
		app.post(`/simulator/${name}`, async (request, reply) => {
			try {
				const text = typeof request.body === 'string' ? request.body : '{}';
				return await run(simulator, JSON.parse(text));
			} catch (error) {
				const message = error instanceof Error ? error.message : String(error);
				return reply.code(400).send({ message });
			}
		});
	}
}

const summary = (simulator: Simulator) => ({
	logins: simulator.logins,
	requests: simulator.requests.length,
	webhooks: simulator.webhookUrls,
	deliveries: simulator.deliveries.map(({ event: name, attempt, status, error, at }) => ({
		event: name,
		attempt,
		status,
		error,
		at,
	})),
	workflows: [...simulator.state.workflows.values()].map((workflow) => ({
		workflow_id: workflow.id,
		name: workflow.name,
		status: workflow.status,
		contacts: workflow.contacts.map(({ callee, caseId, status }) => ({ callee, caseId, status })),
	})),
});
