import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { isPayload } from './records/read';
import { readSettings } from './transport/settings';
import { EVENTS, recognise } from './trigger/events';
import { rawItem, simplifiedItems } from './trigger/items';
import { isSigned } from './trigger/signature';

export class AiRudderTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI Rudder Trigger',
		name: 'aiRudderTrigger',
		icon: { light: 'file:airudder.svg', dark: 'file:airudder.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].length }} events',
		description: 'Starts the workflow when AI Rudder reports a call or another event',
		defaults: { name: 'AI Rudder Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aiRudderApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without this n8n answers a text of its own instead of ours.
				responseData: '',
				path: 'webhook',
			},
		],
		activationMessage: 'AI Rudder can now send its notices to the production URL.',
		eventTriggerDescription: 'Waiting for a notice of AI Rudder at the test URL',
		triggerPanel: {
			header: 'Receive notices of AI Rudder',
			executionsHelp: {
				inactive:
					"Give AI Rudder the test URL, click 'Listen for test event' and let it dial a test contact. For daily use give it the production URL and publish the workflow.",
				active:
					'Notices that reach the production URL start this workflow. You find them under Executions.',
			},
			activationHint:
				'Publish the workflow so that AI Rudder reaches the production URL at any time.',
		},
		properties: [
			{
				displayName:
					"AI Rudder has no page where you enter this URL for call notices: its staff do it. Send your AI Rudder contact the production URL above and the 'Webhook Signing Key' of the credential, and ask them to send the call completion notices there, signed with that key. Without a key of your own AI Rudder signs with its default key, which anyone can look up.",
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['callCompletion', 'unknown'],
				options: EVENTS.map(({ option }) => option).sort((a, b) => a.name.localeCompare(b.name)),
			},
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Check Signature',
						name: 'checkSignature',
						type: 'boolean',
						default: true,
						description:
							'Whether to refuse call notices that are not signed with the key of the credential. Without this check anyone who knows the URL can send forged outcomes.',
					},
				],
			},
		],
	};

	/** AI Rudder has no API to register a URL: its staff, or the user in its console, enters it. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const { signingSecret } = await this.getCredentials('aiRudderApi');
				if (!signingSecret) {
					this.logger.warn(
						"AI Rudder Trigger: the credential has no 'Webhook Signing Key', so call notices are checked with AI Rudder's default key, which is public knowledge",
					);
				}
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const body: unknown = this.getBodyData();
		const payload = isPayload(body) ? body : { body };
		const event = recognise(payload);

		const checked = this.getNodeParameter('options.checkSignature', true) !== false;
		if (event.signature === 'body' && checked) {
			const { signingSecret } = readSettings(await this.getCredentials('aiRudderApi'));
			if (!isSigned(payload, signingSecret)) {
				this.logger.warn(
					`AI Rudder Trigger refused a notice: its Sign ${payload.Sign === undefined ? 'is missing' : "does not fit the credential's Webhook Signing Key"}`,
				);
				this.getResponseObject().status(401).json({ message: 'The signature is missing or wrong' });
				return { noWebhookResponse: true };
			}
		}

		const wanted = this.getNodeParameter('events', []) as string[];
		if (!wanted.includes(event.option.value)) {
			this.logger.info(`AI Rudder Trigger left out a notice of the event '${event.option.value}'`);
			return { webhookResponse: {} };
		}

		const receivedAt = new Date().toISOString();
		const items = this.getNodeParameter('simplify', true)
			? simplifiedItems(event, payload, receivedAt)
			: [rawItem(event, payload, receivedAt)];
		return items.length > 0
			? { webhookResponse: {}, workflowData: [items] }
			: { webhookResponse: {} };
	}
}
