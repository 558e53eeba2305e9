/** What holds for every operation, whatever it does. */
import { AiRudder } from '../../nodes/AiRudder/AiRudder.node.ts';
import { AiRudderTrigger } from '../../nodes/AiRudder/AiRudderTrigger.node.ts';
import { RESOURCES } from '../../nodes/AiRudder/actions/resources.ts';
import {
	documentationUrl,
	endpoint,
	ENDPOINT_NAMES,
	type EndpointName,
} from '../../nodes/AiRudder/transport/endpoints.ts';
import { byId } from './support/dialled.cts';
import { execute, failure } from './support/n8n.cts';
import { simulated } from './support/simulated.cts';
import { textsOf } from './support/texts.cts';

const world = simulated();

const operations = RESOURCES.flatMap(({ option: resource, operations: of }) =>
	of.map(({ option, fields }) => ({
		name: `${resource.value}:${option.value}`,
		resource: String(resource.value),
		operation: String(option.value),
		option,
		fields,
	})),
);

test('every endpoint but the login is an operation, and two that are made of several come on top', () => {
	expect(operations.map(({ name }) => name).sort()).toEqual(
		[
			...ENDPOINT_NAMES.filter((name) => name !== 'auth'),
			'contact:callAndWait',
			'recording:download',
		].sort(),
	);
});

test.each(operations)('$name stands in the editor in plain words', ({ option, fields }) => {
	expect(option.action).toMatch(/^[A-Z]/);
	// An AI agent decides by this.
	expect(option.description).toMatch(/repeat|sent twice/);
	expect(fields.slice(-1)[0].name).toBe('options');
});

test.each([
	['AI Rudder', new AiRudder().description.properties],
	['AI Rudder Trigger', new AiRudderTrigger().description.properties],
])("no text of '%s' spells a name of the interface", (_, fields) => {
	const texts = fields.flatMap(textsOf);
	expect(texts).toContain(fields[0].displayName);
	expect(texts.filter((text) => /(?<!n8n )\binstances?\b|\bnodetask\b/i.test(text))).toEqual([]);
});

const { properties } = new AiRudder().description;

test.each(ENDPOINT_NAMES.filter((name) => name !== 'auth'))(
	'%s says that its address is assumed exactly when it is',
	(name) => {
		const [resource, operation] = name.split(':');
		const notices = properties.filter(
			({ type, displayOptions }) =>
				type === 'notice' &&
				displayOptions?.show?.resource?.includes(resource) &&
				displayOptions.show.operation?.includes(operation),
		);

		const known = endpoint(name);
		expect(notices).toHaveLength(known.provenance === 'assumed' ? 1 : 0);
		for (const { displayName } of notices) {
			expect(displayName).toContain(documentationUrl(known));
			expect(displayName).toContain("'Endpoint Overrides'");
		}
	},
);

test.each(ENDPOINT_NAMES.filter((name) => name !== 'auth'))(
	"%s links AI Rudder's page where its parameters are named",
	(name) => {
		const [resource, operation] = name.split(':');
		const options = properties.filter(
			({ name: field, displayOptions }) =>
				field === 'options' &&
				displayOptions?.show?.resource?.includes(resource) &&
				displayOptions.show.operation?.includes(operation),
		);

		expect(options).toHaveLength(1);
		expect(JSON.stringify(options[0].options)).toContain(documentationUrl(endpoint(name)));
	},
);

/** How long the operation waits without the option. */
const SECONDS: Record<string, number> = {
	'contact:callAndWait': 150,
	'workflowTask:create': 150,
};

test.each(operations)(
	'$name waits no shorter once its time-out is added',
	({ name, resource, operation }) => {
		const [{ options = [] }] = properties.filter(
			({ name: field, displayOptions }) =>
				field === 'options' &&
				displayOptions?.show?.resource?.includes(resource) &&
				displayOptions.show.operation?.includes(operation),
		);

		const timeout = options.find((option) => option.name === 'timeoutSeconds');

		expect(timeout).toMatchObject({ default: SECONDS[name] ?? 120 });
	},
);

const FIELDS: Partial<Record<EndpointName, Record<string, unknown>>> = {
	'call:get': { callId: 'c1' },
	'call:getByContact': { workflowId: byId('w1'), caseId: 'LOAN-1' },
	'contact:cancel': { workflowId: byId('w1'), caseId: 'LOAN-1' },
	'contact:update': {
		workflowId: byId('w1'),
		caseId: 'LOAN-1',
		contactDetails: { comments: 'new' },
	},
	'recording:getAll': { workflowId: byId('w1'), phoneNumber: '+12025550123' },
	'workflowTask:stop': { workflowId: byId('w1') },
};

describe.each(Object.entries(FIELDS))('%s', (name, fields) => {
	const [resource, operation] = name.split(':');
	const parameters = { resource, operation, ...fields } as never;
	const asked = () => world.simulator.requests.filter(({ path }) => path.includes('/workflow/'));

	test('goes where an override sends it, with the additional parameters', async () => {
		const path = '/service/cloud/workflow/elsewhere';
		world.credential.data.endpointOverrides = { values: [{ operation: name, path }] };

		const error = await failure(
			{ ...(parameters as object), options: { additionalParameters: { locale: 'id' } } } as never,
			world.credential,
		);

		expect(error.message).toMatch(/knows no endpoint \/service\/cloud\/workflow\/elsewhere/);
		expect(error.description).toContain(`'${endpoint(name as EndpointName).title}'`);
		expect(asked()).toHaveLength(1);
		const [{ path: to, query, body }] = asked();
		expect(to).toBe(path);
		expect(JSON.stringify([query, body])).toMatch(/locale\W+id/);
	});

	test('each item fails where the credential cannot be used, and none passes for done', async () => {
		world.credential.data.baseUrl = 'api.airudder.com';

		const items = await execute(parameters, world.credential, {
			items: [{}, {}],
			onError: 'continueErrorOutput',
		});

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		for (const { json } of items) expect(json.error).toMatch(/'Base URL' has to be a complete/);
	});

	test.each([
		['in an HTTP 200', 'body'],
		['with an HTTP status', 'http'],
	] as const)('a refusal %s is an item of its own, and does not stop the others', async (_, as) => {
		world.simulator.options.failuresAs = as;

		const items = await execute(parameters, world.credential, {
			items: [{}, {}],
			onError: 'continueErrorOutput',
		});

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		for (const { json } of items) {
			expect(json.error).toMatch(/refused the request \(code 400\): .*does not exist/);
		}
	});

	test('a token that has died on the way costs one login', async () => {
		await failure(parameters, world.credential);
		world.simulator.expireTokens();

		await failure(parameters, world.credential);

		expect(world.simulator.logins).toBe(2);
	});
});
