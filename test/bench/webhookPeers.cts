/** The ways to take in notices that are measured: a node each that listens, and what it needs behind it. */
import { randomUUID } from 'node:crypto';
import type { CredentialRef, Workflow, WorkflowNode } from '../../scripts/real-n8n/client.cts';
import { code, trigger } from '../e2e/support/nodes.cts';
import { inARow, SIGNING_KEY } from '../e2e/support/world.cts';

export interface WebhookPeer {
	name: string;
	/** The workflow, and where it listens below n8n's address. */
	build(credential: CredentialRef): { workflow: Workflow; path: string };
}

const communityPath = ({ webhookId }: WorkflowNode): string => `/webhook/${webhookId}/webhook`;

const ours = (name: string, parameters: WorkflowNode['parameters']): WebhookPeer => ({
	name,
	build(credential) {
		const node = trigger(credential, parameters);
		return { workflow: inARow('Ours', node), path: communityPath(node) };
	},
});

export const oursTrigger = ours('AI Rudder Trigger', {});

/** One item with the notice as it came, as the Webhook node has it. */
export const oursAsItCame = ours('AI Rudder Trigger, Simplify off', { simplify: false });

const floor = (name: string, nodeType: string, withCredential: boolean): WebhookPeer => ({
	name,
	build(credential) {
		const node: WorkflowNode = {
			name: 'Floor',
			type: `n8n-nodes-empty-trigger.${nodeType}`,
			typeVersion: 1.1,
			webhookId: randomUUID(),
			parameters: {},
			...(withCredential && { credentials: { aiRudderApi: credential } }),
		};
		return { workflow: inARow(name, node), path: communityPath(node) };
	},
});

export const emptyTrigger = floor('empty community trigger', 'emptyTrigger', false);

/** n8n looks at the credentials of a workflow with every execution. */
export const emptyWithCredential = floor(
	'empty community trigger with a credential',
	'emptyTrigger',
	true,
);

export const splitTrigger = floor(
	'empty community trigger with a credential, one item per call',
	'splitTrigger',
	true,
);

export const recordTrigger = floor(
	'empty community trigger with a credential, items like ours',
	'recordTrigger',
	true,
);

function coreWebhook(...behind: WorkflowNode[]) {
	const path = randomUUID();
	const node: WorkflowNode = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { path, httpMethod: 'POST', options: {} },
	};
	return { workflow: inARow('Webhook', node, ...behind), path: `/webhook/${path}` };
}

export const webhookNode: WebhookPeer = {
	name: 'Webhook node',
	build: () => coreWebhook(),
};

/** What a user writes to have what our trigger has: MD5 by hand, because modules are not allowed by default. */
const CHECK_AND_SPLIT = `
const { body } = $input.first().json;
const md5 = (text) => {
	const rotate = (x, n) => (x << n) | (x >>> (32 - n));
	const bytes = [...unescape(encodeURIComponent(text))].map((c) => c.charCodeAt(0));
	const bits = bytes.length * 8;
	bytes.push(0x80);
	while (bytes.length % 64 !== 56) bytes.push(0);
	for (let i = 0; i < 8; i++) bytes.push(i < 4 ? (bits >>> (8 * i)) & 255 : 0);
	const S = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
	const K = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
	let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
	for (let at = 0; at < bytes.length; at += 64) {
		let [a, b, c, d] = [a0, b0, c0, d0];
		for (let i = 0; i < 64; i++) {
			const round = i >> 4;
			const f = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
			const g = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] % 16;
			const w = bytes[at + 4 * g] | (bytes[at + 4 * g + 1] << 8) | (bytes[at + 4 * g + 2] << 16) | (bytes[at + 4 * g + 3] << 24);
			const sum = (a + f + K[i] + w) | 0;
			[a, d, c, b] = [d, c, b, (b + rotate(sum, S[round * 4 + (i % 4)])) | 0];
		}
		[a0, b0, c0, d0] = [(a0 + a) | 0, (b0 + b) | 0, (c0 + c) | 0, (d0 + d) | 0];
	}
	return [a0, b0, c0, d0].map((word) => [0, 8, 16, 24]
		.map((shift) => ((word >>> shift) & 255).toString(16).padStart(2, '0')).join('')).join('');
};
if (md5(body.TaskID + ${JSON.stringify(SIGNING_KEY)}) !== body.Sign) throw new Error('forged');
return body.Details.map((call) => ({ json: {
	taskId: body.TaskID, callId: call.CallID, phoneNumber: call.CalleeNumber, caseId: call.CaseID,
	intention: call.Intention, answered: Boolean(call.CallStartTime), variables: call.Variables } }));`;

const webhookAndCode: WebhookPeer = {
	name: 'Webhook + Code (signature, split)',
	build: () => coreWebhook(code('Check and split', CHECK_AND_SPLIT)),
};

export const WEBHOOK_PEERS: readonly WebhookPeer[] = [
	oursTrigger,
	oursAsItCame,
	emptyTrigger,
	emptyWithCredential,
	splitTrigger,
	recordTrigger,
	webhookNode,
	webhookAndCode,
];
