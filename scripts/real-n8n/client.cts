/** What a person does in n8n's editor, as calls: set up, credentials, workflows, runs, executions. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
	executionData,
	executionSummary,
	RUNNING,
	type Execution,
	type ExecutionSummary,
} from './execution.cts';
import { parseFlatted } from './flatted.cts';
import { N8nHttpError, Session } from './session.cts';

const WAIT_MS = 60_000;
const POLL_MS = 150;
const PAGE = 100;

export interface Owner {
	email: string;
	password: string;
}

export interface CredentialRef {
	id: string;
	name: string;
	type: string;
}

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position?: readonly number[];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
	[setting: string]: unknown;
}

export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[part: string]: unknown;
}

interface ListQuery {
	node: { name: string; version: number };
	method: string;
	credential: CredentialRef;
}

const ignored = z.unknown();
const credential = z.object({ id: z.string(), name: z.string(), type: z.string() });
const testResult = z.object({ status: z.string(), message: z.string().default('') });
const listed = z.object({ name: z.string(), value: z.union([z.string(), z.number()]) });
const found = z.object({ results: z.array(listed) });
const workflowNode = z
	.object({
		id: z.string().optional(),
		name: z.string(),
		type: z.string(),
		typeVersion: z.number(),
		position: z.array(z.number()).optional(),
		parameters: z.record(z.unknown()),
		credentials: z.record(z.object({ id: z.string(), name: z.string() }).passthrough()).optional(),
		webhookId: z.string().optional(),
	})
	.passthrough();
const workflow = z
	.object({
		id: z.string(),
		name: z.string(),
		versionId: z.string(),
		nodes: z.array(workflowNode),
		connections: z.record(z.unknown()),
	})
	.passthrough();
const workflowList = z.array(z.object({ id: z.string() }));
const publication = z.object({ status: z.string().optional() }).passthrough();
/** Answered once the retry has ended. */
const retried = z.object({ id: z.coerce.string() });
const started = z.object({ executionId: z.string() });
const executionPage = z.object({
	results: z.array(executionSummary),
	nextCursor: z.string().nullish(),
});
const storedExecution = executionSummary.and(z.object({ data: z.string() }));

export type StoredWorkflow = z.infer<typeof workflow>;
export type CredentialTest = z.infer<typeof testResult>;
type Listed = z.infer<typeof listed>;

/** Asks again until there is an answer; bounded. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined>,
	milliseconds = WAIT_MS,
): Promise<T> {
	const end = Date.now() + milliseconds;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > end) throw new Error(`Waited ${milliseconds / 1000} s in vain for ${what}.`);
		await sleep(POLL_MS);
	}
}

export class N8nClient {
	private constructor(private readonly session: Session) {}

	/** Sets up the owner of a new n8n, or logs in to one that has this owner already. */
	static async connect(url: string, owner: Owner): Promise<N8nClient> {
		const session = new Session(url);
		try {
			await session.send('POST', '/owner/setup', ignored, {
				...owner,
				firstName: 'AI Rudder',
				lastName: 'Demo',
			});
		} catch (error) {
			// 400 (or 404 on some versions) is how n8n says that it has an owner already.
			if (!(error instanceof N8nHttpError) || error.status >= 500) throw error;
			await session.send('POST', '/login', ignored, {
				emailOrLdapLoginId: owner.email,
				password: owner.password,
			});
		}
		return new N8nClient(session);
	}

	createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<CredentialRef> {
		return this.session.send('POST', '/credentials', credential, { name, type, data });
	}

	updateCredential(ref: CredentialRef, data: Record<string, unknown>): Promise<CredentialRef> {
		return this.session.send('PATCH', `/credentials/${ref.id}`, credential, { ...ref, data });
	}

	/** The button "Test" of a credential with these values. */
	testCredential(ref: CredentialRef, data: Record<string, unknown>): Promise<CredentialTest> {
		return this.session.send('POST', '/credentials/test', testResult, {
			credentials: { ...ref, data },
		});
	}

	/** The entries of From List. */
	async listSearch({ node, method, credential: ref }: ListQuery): Promise<Listed[]> {
		const path = '/dynamic-node-parameters/resource-locator-results';
		const answer = await this.session.send('POST', path, found, {
			nodeTypeAndVersion: node,
			currentNodeParameters: {},
			credentials: { [ref.type]: { id: ref.id, name: ref.name } },
			path: 'parameters.any',
			methodName: method,
		});
		return answer.results;
	}

	createWorkflow(content: Workflow): Promise<StoredWorkflow> {
		return this.session.send('POST', '/workflows', workflow, {
			settings: { executionOrder: 'v1' },
			...content,
			active: false,
		});
	}

	workflow(id: string): Promise<StoredWorkflow> {
		return this.session.send('GET', `/workflows/${id}`, workflow);
	}

	/** Those changed last come last. */
	async publishedWorkflows(): Promise<StoredWorkflow[]> {
		const filter = encodeURIComponent(JSON.stringify({ active: true }));
		const path = `/workflows?filter=${filter}&sortBy=${encodeURIComponent('updatedAt:asc')}`;
		const listed = await this.session.send('GET', path, workflowList);
		return await Promise.all(listed.map(({ id }) => this.workflow(id)));
	}

	/** Activates a workflow and waits until its triggers listen. */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.session.send('POST', `/workflows/${id}/activate`, ignored, { versionId });
		await until(`workflow ${id} to be published`, async () => {
			const state = await this.publication(id, 'published');
			if (state.status === 'partial' || state.status === 'failed') {
				throw new Error(`Workflow ${id} was not activated: ${JSON.stringify(state)}`);
			}
			return state.status === 'published' ? true : undefined;
		});
	}

	/** Deactivates a workflow and waits until its triggers no longer listen. */
	async deactivate(id: string): Promise<void> {
		await this.session.send('POST', `/workflows/${id}/deactivate`, ignored, {});
		await until(`workflow ${id} to be withdrawn`, async () => {
			const { status } = await this.publication(id, 'not_published');
			return status === 'not_published' ? true : undefined;
		});
	}

	private async publication(id: string, wanted: string): Promise<z.infer<typeof publication>> {
		try {
			return await this.session.send('GET', `/workflows/${id}/publication-status`, publication);
		} catch (error) {
			// n8n 1.x has no such address: it has answered once everything was done.
			if (error instanceof N8nHttpError && error.status === 404) return { status: wanted };
			throw error;
		}
	}

	/** Starts a manual run like the editor's button; `destination` ends the run at that node. */
	async startManually(id: string, trigger: string, destination?: string): Promise<string> {
		const workflowData = await this.workflow(id);
		const { executionId } = await this.session.send('POST', `/workflows/${id}/run`, started, {
			workflowData,
			triggerToStartFrom: { name: trigger },
			...(destination && { destinationNode: { nodeName: destination, mode: 'inclusive' } }),
		});
		return executionId;
	}

	/** Runs a workflow by hand and waits for its end. */
	async runManually(
		id: string,
		trigger: string,
		{ destination, timeoutMs }: { destination?: string; timeoutMs?: number } = {},
	): Promise<Execution> {
		return this.finished(await this.startManually(id, trigger, destination), timeoutMs);
	}

	/** All executions of a workflow, oldest first. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const all: ExecutionSummary[] = [];
		let cursor: string | null | undefined = '';
		while (typeof cursor === 'string') {
			const from: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
			const path = `/executions?filter=${filter}&limit=${PAGE}${from}`;
			const { results, nextCursor } = await this.session.send('GET', path, executionPage);
			all.push(...results);
			cursor = nextCursor;
		}
		return all.reverse();
	}

	async execution(id: string): Promise<Execution> {
		const stored = await this.session.send('GET', `/executions/${id}`, storedExecution);
		return { ...stored, data: executionData.parse(parseFlatted(stored.data) ?? {}) };
	}

	/** The execution, once it has ended or waits for something outside. */
	finished(id: string, timeoutMs?: number): Promise<Execution> {
		return until(
			`the end of execution ${id}`,
			async () => {
				const execution = await this.execution(id);
				return RUNNING.includes(execution.status) ? undefined : execution;
			},
			timeoutMs,
		);
	}

	/** The button under Executions that runs a failed one again from the node that failed. */
	async retryExecution(id: string): Promise<Execution> {
		const path = `/executions/${id}/retry`;
		const retry = await this.session.send('POST', path, retried, { loadWorkflow: false });
		return this.execution(retry.id);
	}

	/** The button that ends an execution, also one that waits. */
	async stopExecution(id: string): Promise<void> {
		await this.session.send('POST', `/executions/${id}/stop`, ignored, {});
	}

	/** Where an active trigger listens. */
	webhookUrl(node: Pick<WorkflowNode, 'webhookId'>): string {
		if (!node.webhookId) throw new Error('The trigger has no webhookId.');
		return `${this.session.url}/webhook/${node.webhookId}/webhook`;
	}
}
