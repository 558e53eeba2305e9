/** The vendor's HTTP side: recognise the operation, meet a fault or check and run it, frame the answer. */
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { badRequest, failure, Refusal, success, type Answer } from './envelope.cts';
import type { FaultPlan } from './faultPlan.cts';
import { faults, type FaultKind } from './faults.cts';
import { operationNames, operations, type OperationName } from './operations/index.cts';
import type { Params } from './operations/operation.cts';
import type { World } from './world.cts';

export interface RecordedRequest {
	/** Undefined where there is no such endpoint. */
	operation?: OperationName;
	method: string;
	path: string;
	query: Record<string, unknown>;
	/** `authorization` is masked. */
	headers: Record<string, unknown>;
	body: unknown;
	/** The fault that it met. */
	fault?: FaultKind;
	at: Date;
}

export interface Api {
	world: World;
	requests: RecordedRequest[];
	faults: FaultPlan;
	refuseConnections(forMs: number): void;
}

const NOT_FOUND = '<html><body><h1>404 Not Found</h1></body></html>';

export function buildApp(api: Api): FastifyInstance {
	const app = fastify({ forceCloseConnections: true, bodyLimit: 256 * 1024 * 1024 });
	app.removeAllContentTypeParsers();
	// Taken as text whatever it claims to be: what to refuse is decided below.
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	const routes = new Set(operationNames.map((name) => routeOf(operations[name])));
	for (const route of routes) {
		const [method, url] = route.split(' ');
		const names = operationNames.filter((name) => routeOf(operations[name]) === route);
		app.route({ method, url, handler: (request, reply) => serve(api, names, request, reply) });
	}
	app.setNotFoundHandler((request, reply) => {
		record(api, request, undefined, request.body);
		return reply.code(404).type('text/html').send(NOT_FOUND);
	});
	app.setErrorHandler((error, _request, reply) => {
		const message = error instanceof Error ? error.message : String(error);
		return reply.code(500).send(failure(500, `simulator: ${message}`, 'http').body);
	});
	return app;
}

const routeOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

async function serve(
	api: Api,
	names: OperationName[],
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> {
	const { world } = api;
	const body = parse(request.body);
	const params = { ...asParams(request.query), ...asParams(body) };
	const name = choose(names, params, world);
	const recorded = record(api, request, name, body);
	if (world.options.latencyMs > 0) await world.clock.waitReal(world.options.latencyMs);
	const rule = api.faults.next(name);
	if (!rule) return send(reply, answer(world, name, request, params, body));
	recorded.fault = rule.kind;
	const taken = rule.taken ?? faults[rule.kind].taken;
	await faults[rule.kind].act({
		reply,
		rule,
		answer: taken ? answer(world, name, request, params, body) : success({}),
		otherHostUrl: world.otherHost.url,
		path: request.url,
		wait: (ms) => world.clock.waitReal(ms),
		refuseConnections: api.refuseConnections,
	});
	return reply;
}

const send = (reply: FastifyReply, { httpStatus, body }: Answer): FastifyReply =>
	reply.code(httpStatus).send(body);

/** Of the operations on one path: the one that its parameters mean, else the one without a condition. */
function choose(names: OperationName[], params: Params, world: World): OperationName {
	const meant = names.find((name) => operations[name].when?.(params, world));
	return meant ?? names.find((name) => !operations[name].when) ?? names[0];
}

function answer(
	world: World,
	name: OperationName,
	request: FastifyRequest,
	params: Params,
	body: unknown,
): Answer {
	const { failuresAs, rejectTokenAs } = world.options;
	const { open, handle } = operations[name];
	if (!open && !hasLiveToken(world, request)) {
		return failure(401, 'token is missing, invalid or expired', rejectTokenAs);
	}
	try {
		checkBody(request, body);
		return success(handle(params, world));
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return failure(error.code, error.message, failuresAs);
	}
}

function hasLiveToken(world: World, request: FastifyRequest): boolean {
	const token = /^Token (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
	return token !== undefined && world.tokens.isAlive(token);
}

/**
 * The vendor requires `Content-Type: application/json` (D). Asked for where there is a body only:
 * most HTTP clients drop the header from a request without one.
 */
function checkBody(request: FastifyRequest, body: unknown): void {
	if (request.method !== 'POST') return;
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
		throw badRequest('Content-Type must be application/json');
	}
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw badRequest('the body is not a JSON object');
	}
}

/** Text that is no JSON stays text, and is refused as such. */
function parse(text: unknown): unknown {
	if (typeof text !== 'string' || text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

const asParams = (value: unknown): Params =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

function record(
	api: Api,
	request: FastifyRequest,
	operation: OperationName | undefined,
	body: unknown,
): RecordedRequest {
	const { authorization, ...headers } = request.headers;
	const recorded: RecordedRequest = {
		operation,
		method: request.method,
		path: request.url.split('?')[0],
		query: asParams(request.query),
		headers: {
			...headers,
			...(authorization === undefined
				? {}
				: { authorization: authorization.startsWith('Token ') ? 'Token ***' : '***' }),
		},
		body,
		at: new Date(),
	};
	api.requests.push(recorded);
	api.world.options.log?.(`${recorded.method} ${recorded.path} ${operation ?? 'unknown'}`);
	return recorded;
}
