/**
 * What n8n does around a trigger: it parses the body by its Content-Type, calls `webhook()`, stores the
 * execution and answers; and what a sender does: it posts, and may hang up.
 */
import { parse } from 'node:querystring';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWebhookResponseData,
} from 'n8n-workflow';
import {
	storedCredential,
	TriggerNode,
	type StoredCredential,
	type TriggerRequest,
} from './n8n.cts';
import { Response } from './response.cts';

export interface Answer {
	status: number;
	body: unknown;
	/** What went on, if an execution was started. */
	items: INodeExecutionData[];
	/** What the trigger handed to n8n; none if n8n turned the request away before. */
	result?: IWebhookResponseData;
}

export interface Post {
	headers?: Record<string, string>;
	ip?: string;
	/** The bytes that arrive; the body as JSON unless given. */
	raw?: Buffer | string;
	/** The sender's connection breaks before the body has arrived. */
	brokenOff?: boolean;
	/** The sender's connection breaks when this fires. */
	hangUp?: AbortSignal;
	/** The test URL, while the editor listens. */
	test?: boolean;
}

export interface InstanceOptions {
	parameters?: INodeParameters;
	credential?: StoredCredential;
	settings?: Partial<INode>;
	workflowId?: string;
	/** Stores an execution; throws if n8n cannot. */
	store?: (items: INodeExecutionData[]) => Promise<void>;
}

const EVERYTHING = [
	...['callCompletion', 'callCompletionInfoCheck', 'listCompletion', 'workflowStatus'],
	...['wabaMessage', 'chatbotSessionEnd', 'apiNodePush', 'unknown'],
	...['dialerTaskStatus', 'dialerContactStatus', 'dialerAgentStatus'],
];

let nodes = 0;

/** One n8n with one workflow that begins with the trigger. */
export class Instance {
	/** One list of items an execution. */
	readonly executions: INodeExecutionData[][] = [];

	/** What n8n has stored beside the workflow. */
	staticData: IDataObject = {};

	store: (items: INodeExecutionData[]) => Promise<void>;

	readonly #options: InstanceOptions & { settings: Partial<INode> };

	readonly #shared: TriggerNode;

	readonly #savesStaticData: boolean;

	constructor({ settings, store, ...options }: InstanceOptions = {}) {
		this.store = store ?? (async () => {});
		this.#options = { ...options, settings: { id: `trigger-${++nodes}`, ...settings } };
		this.#shared = this.#node();
		this.#savesStaticData = JSON.stringify(options.parameters ?? {}).includes('immediately');
	}

	/** The node as n8n loads it for a request, with what was last saved. */
	#node(): TriggerNode {
		const { parameters, credential, settings, workflowId } = this.#options;
		return new TriggerNode(
			{ events: EVERYTHING, ...parameters },
			credential ?? storedCredential({ appKey: 'key', appSecret: 'secret', baseUrl: '' }),
			settings,
			JSON.parse(JSON.stringify(this.staticData)),
			workflowId,
		);
	}

	async publish(): Promise<boolean> {
		return await this.#shared.create();
	}

	/** The executions' items, all in one list. */
	get items(): IDataObject[] {
		return this.executions.flat().map(({ json }) => json);
	}

	async post(payload: unknown, post: Post = {}): Promise<Answer> {
		const { headers: given, ip, hangUp, test = false } = post;
		const headers = { 'content-type': 'application/json', ...given };
		const rawBody = Buffer.from(post.raw ?? JSON.stringify(payload));
		const response = new Response();
		hangUp?.addEventListener('abort', () => response.hangUp(), { once: true });

		const body = parseBody(rawBody, headers['content-type']);
		if (body === MALFORMED) {
			return { status: 422, body: response.status(422).json({}).sent, items: [] };
		}
		// Only what is saved beside the workflow makes a difference between two requests.
		const node = this.#savesStaticData ? this.#node() : this.#shared;
		const isLeft = body === undefined && rawBody.length > 0;
		const read = isLeft ? { readRawBody: readerOf(rawBody, post.brokenOff) } : { body, rawBody };
		const request = { ...read, headers, ...(ip !== undefined && { ip }) };
		const result = await node
			.webhook(request, response, test ? 'manual' : 'webhook')
			.catch((error: unknown) => {
				response.status(500).json({});
				throw error;
			});
		const items = result.workflowData?.[0] ?? [];
		// What is written in a call that n8n answers is lost.
		if (result.noWebhookResponse) this.staticData = node.workflow.staticData;
		if (result.workflowData) {
			try {
				await this.store(items);
				this.executions.push(items);
			} catch {
				if (!result.noWebhookResponse) response.status(500).json({});
			}
		}
		if (!response.writableEnded) response.json(result.webhookResponse);
		return { status: response.statusCode, body: response.sent, items, result };
	}
}

const MALFORMED = Symbol('malformed');

/** What n8n leaves to the node. */
const readerOf = (raw: Buffer, brokenOff = false) =>
	async function (this: TriggerRequest): Promise<void> {
		if (brokenOff) throw new Error('Request body stream was aborted');
		this.rawBody = raw;
	};

/** As n8n's body parser: by the Content-Type. */
function parseBody(raw: Buffer, contentType: string): unknown {
	if (raw.length === 0) return undefined;
	const text = raw.toString('utf8').replace(/^\uFEFF/, '');
	switch (contentType.split(';')[0].trim()) {
		case 'application/json':
			try {
				return JSON.parse(text);
			} catch {
				return MALFORMED;
			}
		case 'application/x-www-form-urlencoded':
			return parse(text, undefined, undefined, { maxKeys: 1000 });
		case 'text/plain':
			return text;
		default:
			return undefined;
	}
}
