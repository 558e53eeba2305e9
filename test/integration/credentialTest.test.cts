/** What n8n sends when a person tests the credential; that it passes is for the e2e tests. */
import { Workflow, type IDataObject, type INode } from 'n8n-workflow';
import { AiRudderApi } from '../../credentials/AiRudderApi.credentials.ts';

const { request } = new AiRudderApi().test;

const node: INode = {
	id: 'n',
	name: 'Test',
	type: 'noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The request with its expressions resolved, as n8n does it. */
async function requested(credentials: IDataObject): Promise<IDataObject> {
	const { expression } = new Workflow({
		nodes: [],
		connections: {},
		active: false,
		nodeTypes: { getByName: jest.fn(), getByNameAndVersion: jest.fn(), getKnownTypes: jest.fn() },
	});
	await expression.acquireIsolate?.();
	const resolve = (value: unknown) =>
		expression.getSimpleParameterValue(node, String(value), 'internal', {
			$credentials: credentials,
		});
	const { APPKey, APPSecret } = request.body as IDataObject;
	return {
		url: `${resolve(request.baseURL)}${resolve(request.url)}`,
		APPKey: resolve(APPKey),
		APPSecret: resolve(APPSecret),
	};
}

const FILLED_IN = {
	appKey: 'demo-app-key',
	appSecret: 'demo-app-secret',
	baseUrl: 'https://api.example.com',
	endpointOverrides: {},
};

const LOGIN = {
	url: 'https://api.example.com/service/cloud/auth',
	APPKey: 'demo-app-key',
	APPSecret: 'demo-app-secret',
};

test.each(['https://elsewhere.example/login', '//elsewhere.example/login', 'login', '/a\\b'])(
	'the App Secret goes to no such login: %s',
	async (path) => {
		const { authenticate } = new AiRudderApi();
		if (typeof authenticate !== 'function') throw new Error('not a function');
		const endpointOverrides = { values: [{ operation: 'auth', path }] };

		const request = authenticate({ ...FILLED_IN, endpointOverrides }, { url: path });

		await expect(request).rejects.toThrow(
			`The endpoint override '${path}' has to be a path on AI Rudder's host, beginning with one slash`,
		);
	},
);

test.each([
	['as it should be', {}, {}],
	[
		'with an empty base URL',
		{ baseUrl: '' },
		{ url: 'https://api.airudder.com/service/cloud/auth' },
	],
	['with a slash behind the base URL', { baseUrl: 'https://api.example.com/' }, {}],
	[
		'with what copying brings along',
		{ appKey: 'demo-app-key ', appSecret: '\tdemo-app-secret\n' },
		{},
	],
	[
		'with an App Key that an expression makes a number of',
		{ appKey: 20261122 },
		{ APPKey: '20261122' },
	],
	['with spaces around the base URL', { baseUrl: ' https://api.example.com/ ' }, {}],
	[
		'with an override of the login',
		{ endpointOverrides: { values: [{ operation: 'auth', path: ' /login ' }] } },
		{ url: 'https://api.example.com/login' },
	],
])(
	'a credential %s is tested with the login that the node makes',
	async (_how, change, expected) => {
		expect(await requested({ ...FILLED_IN, ...change })).toEqual({ ...LOGIN, ...expected });
	},
);
