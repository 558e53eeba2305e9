/**
 * Runs our nodes on n8n-core's real contexts: its HTTP helper, its token renewal, its expressions.
 * Only what lives in n8n's database is stood in for: the stored credential, and what nodes have noted.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
	DataDeduplicationService,
	ExecuteContext,
	HookContext,
	LoadOptionsContext,
	SupplyDataContext,
	WebhookContext,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataDeduplicator,
	type IDataObject,
	type IExecuteData,
	type IExecuteFunctions,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRunExecutionData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	NodeHelpers,
} from 'n8n-workflow';
import { Response } from './response.cts';
import { AiRudderApi } from '../../../credentials/AiRudderApi.credentials.ts';
import { AiRudder } from '../../../nodes/AiRudder/AiRudder.node.ts';
import { AiRudderTrigger } from '../../../nodes/AiRudder/AiRudderTrigger.node.ts';

const { AiTool } = NodeConnectionTypes;

const NODE_TYPES: Record<string, INodeType> = {
	aiRudder: new AiRudder(),
	aiRudderTool: new AiRudder(),
	aiRudderTrigger: new AiRudderTrigger(),
};

const nodeTypes: INodeTypes = {
	getByName: (type) => NODE_TYPES[type],
	getByNameAndVersion: (type) => NODE_TYPES[type],
	getKnownTypes: () => ({}),
};

const credentialType = new AiRudderApi();

/** A credential as n8n stores it: `data` changes when a token is renewed. */
export interface StoredCredential {
	/** n8n's ID of it; one that is changed keeps its own. */
	id: string;
	data: ICredentialDataDecryptedObject;
	/** What n8n's database takes its time for. */
	reading?: Promise<void>;
}

let credentials = 0;

export const storedCredential = (data: IDataObject): StoredCredential => ({
	id: String(++credentials),
	data: {
		sessionToken: '',
		sessionTokenAccount: '',
		sessionTokenObtainedAt: 0,
		signingSecret: '',
		endpointOverrides: {},
		...data,
	} as ICredentialDataDecryptedObject,
});

/** What n8n's own helper does around a credential type, against a credential held in memory. */
function credentialsHelper(stored: StoredCredential) {
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => credentialType.properties,
		getDecrypted: async () => {
			await stored.reading;
			return { ...stored.data };
		},
		authenticate: async (
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			options: IHttpRequestOptions,
		) => {
			if (typeof credentialType.authenticate !== 'function') throw new Error('not a function');
			return await credentialType.authenticate(credentials, options);
		},
		preAuthentication: async (
			http: IHttpRequestHelper,
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			_node: INode,
			expired: boolean,
		) => {
			if (credentials.sessionToken !== '' && !expired) return undefined;
			const output = await credentialType.preAuthentication.call(http, credentials);
			stored.data = { ...stored.data, ...output } as ICredentialDataDecryptedObject;
			return Object.assign(credentials, output);
		},
	};
}

/** The table in which n8n notes what nodes have processed. */
export const processed = { noted: new Set<unknown>(), locked: false };

const deduplicator: Pick<IDataDeduplicator, 'checkProcessedAndRecord'> = {
	async checkProcessedAndRecord(items) {
		if (processed.locked) throw new Error('SQLITE_BUSY: database is locked');
		// n8n reads, and writes what it has read with what is new.
		const noted = new Set(processed.noted);
		const known = items.filter((item) => noted.has(item));
		await nextTurn();
		processed.noted = noted;
		for (const item of items) noted.add(item);
		return { new: items.filter((item) => !known.includes(item)), processed: known };
	},
};

void DataDeduplicationService.init(deduplicator as IDataDeduplicator);

/** Where this n8n takes what waiting executions wait for. */
export const n8nAddress = { waiting: 'http://localhost/webhook-waiting' };

interface World {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
}

function world(
	type: keyof typeof NODE_TYPES,
	parameters: INodeParameters,
	stored: StoredCredential,
	settings: Partial<INode> = {},
	staticData?: IDataObject,
	id = 'workflow-1',
): World {
	const { properties, version } = NODE_TYPES[type].description;
	const bare: INode = {
		id: 'b5f3c1a2-0000-4000-8000-000000000001',
		name: 'AI Rudder',
		type,
		typeVersion: Array.isArray(version) ? Math.max(...version) : version,
		position: [0, 0],
		parameters,
		credentials: { aiRudderApi: { id: stored.id, name: 'AI Rudder' } },
		...settings,
	};
	const complete = NodeHelpers.getNodeParameters(
		properties,
		parameters,
		true,
		false,
		bare,
		NODE_TYPES[type].description,
	);
	const node = { ...bare, parameters: complete ?? parameters };
	const workflow = new Workflow({
		id,
		name: 'Test',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		staticData,
		settings: { timezone: 'Asia/Jakarta' },
	});
	// The parts of n8n's additional data that these contexts read.
	const additionalData = {
		credentialsHelper: credentialsHelper(stored),
		executionId: '1',
		restApiUrl: 'http://localhost/rest',
		webhookWaitingBaseUrl: n8nAddress.waiting,
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookBaseUrl: 'http://localhost/webhook',
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, node, additionalData };
}

export interface RunOptions {
	items?: IDataObject[];
	onError?: INode['onError'];
	/** Shared between two runs it is what n8n keeps between two tries of Retry On Fail. */
	runData?: IRunExecutionData;
	/** Shared between two runs without shared data: n8n runs it again, because the first process has died. */
	executionId?: string;
	signal?: AbortSignal;
	/** What n8n calls the node where it serves as a tool. */
	type?: 'aiRudderTool';
	/** What an agent before version 3, whose input the items are, gives the tool. */
	toolInput?: IDataObject;
	runIndex?: number;
	/** 'retry' is that of the button under Executions. */
	mode?: 'manual' | 'retry';
	/** Receives what the node remarks in the output pane. */
	hints?: string[];
	/** Receives what n8n keeps of the node's input, which it hands on when a wait ends by itself. */
	kept?: IDataObject[];
}

export const newRunData = (): IRunExecutionData => createRunExecutionData();

const executionIds = new WeakMap<IRunExecutionData, string>();
let executions = 0;

function idOf(runData: IRunExecutionData): string {
	const id = executionIds.get(runData) ?? String(++executions);
	executionIds.set(runData, id);
	return id;
}

/** Executes the action node once, as n8n does. */
export async function execute(
	parameters: INodeParameters,
	stored: StoredCredential,
	{
		items = [{}],
		onError,
		runData = newRunData(),
		executionId = idOf(runData),
		signal,
		type,
		toolInput,
		runIndex = 0,
		mode = 'manual',
		hints,
		kept,
	}: RunOptions = {},
): Promise<INodeExecutionData[]> {
	const { workflow, node, additionalData } = world('aiRudder', parameters, stored, {
		onError,
		...(type && { type }),
	});
	additionalData.executionId = executionId;
	const input = items.map((json, item) => ({ json, pairedItem: { item } }));
	const inputData = { main: [input] };
	const executeData: IExecuteData = { node, data: inputData, source: null };
	const run = [workflow, node, additionalData, mode, runData, runIndex, input] as const;
	const asTool = (json: IDataObject) => {
		const tool = new SupplyDataContext(...run, {}, AiTool, executeData, [], signal);
		tool.addInputData(AiTool, [[{ json }]]);
		return tool;
	};
	const context = toolInput
		? asTool(toolInput)
		: new ExecuteContext(...run, inputData, executeData, [], signal);
	await workflow.expression.acquireIsolate?.();
	const node_ = NODE_TYPES.aiRudder;
	// n8n hands a tool its context in the same way.
	const output = await node_.execute?.call(context as IExecuteFunctions);
	if (!Array.isArray(output)) throw new Error('The node gave no items');
	hints?.push(...context.hints.map(({ message }) => message));
	kept?.push(...input.map(({ json }) => json));
	return output[0];
}

/** The error that the node ends with; fails when it does not. */
export async function failure(...args: Parameters<typeof execute>) {
	try {
		await execute(...args);
	} catch (error) {
		return error as Error & { description?: string; context: IDataObject; httpCode?: string };
	}
	throw new Error('The node was expected to fail, and did not');
}

/** Posts to the address at which n8n takes what the execution that waits with this item waits for. */
export async function resume(waiting: IDataObject, body: unknown): Promise<IWebhookResponseData> {
	const stored = storedCredential({ appKey: 'key', appSecret: 'secret', baseUrl: '' });
	const { workflow, node, additionalData } = world('aiRudder', {}, stored);
	const { webhook, description } = NODE_TYPES.aiRudder;
	const [webhookDescription] = description.webhooks ?? [];
	if (!webhook) throw new Error('The node waits for nothing');
	const runData = newRunData();
	const data = { main: [[{ json: waiting }]] };
	runData.executionData?.nodeExecutionStack.push({ node, data, source: null });
	Object.assign(additionalData, { httpRequest: { body, headers: {}, params: {}, query: {} } });
	const webhookData = {
		httpMethod: 'POST' as const,
		node: node.name,
		path: webhookDescription.path,
		webhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
	};
	return await webhook.call(
		new WebhookContext(workflow, node, additionalData, 'webhook', webhookData, [], runData),
	);
}

export async function search(
	method: string,
	parameters: INodeParameters,
	stored: StoredCredential,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { workflow, node, additionalData } = world('aiRudder', parameters, stored);
	Object.assign(additionalData, { currentNodeParameters: node.parameters });
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	const look = NODE_TYPES.aiRudder.methods?.listSearch?.[method];
	if (!look) throw new Error(`There is no look-up ${method}`);
	return await look.call(context, filter, paginationToken);
}

/** What n8n hands to the trigger with a request. */
export interface TriggerRequest {
	body?: unknown;
	rawBody?: Buffer;
	readRawBody?(this: TriggerRequest): Promise<void>;
	headers: Record<string, string>;
	ip?: string;
}

/** Where a request arrives: one trigger node of one workflow. */
export class TriggerNode {
	readonly #world: World;

	constructor(
		parameters: INodeParameters,
		stored: StoredCredential,
		settings: Partial<INode> = {},
		staticData?: IDataObject,
		workflowId?: string,
	) {
		this.#world = world('aiRudderTrigger', parameters, stored, settings, staticData, workflowId);
	}

	get workflow(): Workflow {
		return this.#world.workflow;
	}

	async webhook(
		request: TriggerRequest,
		response: unknown,
		mode: 'webhook' | 'manual' = 'webhook',
	): Promise<IWebhookResponseData> {
		const { workflow, node } = this.#world;
		const additionalData = Object.assign({}, this.#world.additionalData, {
			httpRequest: { params: {}, query: {}, ips: [], ip: '127.0.0.1', ...request },
			httpResponse: response,
		});
		const [webhookDescription] = NODE_TYPES.aiRudderTrigger.description.webhooks ?? [];
		const webhookData = {
			httpMethod: 'POST' as const,
			node: node.name,
			path: 'webhook',
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
			userId: 'user-1',
		};
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		const result = await NODE_TYPES.aiRudderTrigger.webhook?.call(context);
		if (!result) throw new Error('The trigger gave nothing');
		return result;
	}

	/** What n8n calls when the workflow is published. */
	async create(): Promise<boolean> {
		const { workflow, node, additionalData } = this.#world;
		const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate');
		const create = NODE_TYPES.aiRudderTrigger.webhookMethods?.default?.create;
		if (!create) throw new Error('The trigger cannot be published');
		return await create.call(context);
	}
}

export interface Received {
	/** What the node hands to n8n. */
	result: IWebhookResponseData;
	items: INodeExecutionData[];
	/** The answer that the node gave by itself, if it did. */
	answer?: { status: number; body: unknown };
}

let receivers = 0;

/** A notice arrives at a trigger that has not seen any before. */
export async function receive(
	body: unknown,
	parameters: INodeParameters,
	stored: StoredCredential,
	headers: Record<string, string> = {},
): Promise<Received> {
	const trigger = new TriggerNode(parameters, stored, { id: `receiver-${++receivers}` });
	const response = new Response();
	const result = await trigger.webhook({ body, headers }, response);
	const items = result.workflowData?.[0] ?? [];
	if (!response.writableEnded) return { result, items };
	return { result, items, answer: { status: response.statusCode, body: response.sent } };
}
