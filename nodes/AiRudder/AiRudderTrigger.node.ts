import {
	NodeConnectionTypes,
	NodeOperationError,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import {
	acknowledgeAwaited,
	acknowledgeRepeat,
	handOn,
	leaveOut,
	refuse,
	TRY_AGAIN,
	UNREADABLE,
} from './trigger/answers';
import { handToWaiting } from './trigger/awaited';
import { unseen } from './trigger/duplicates';
import { entriesOf } from './trigger/entries';
import { isWanted, recognise } from './trigger/events';
import { toItems } from './trigger/items';
import { readNotice } from './trigger/notice';
import { PROPERTIES, SUBTITLE } from './trigger/panel';
import { checkSender } from './trigger/sender';
import { faultOf, readSettings } from './trigger/settings';
import { refusalOf, verifyPush } from './trigger/verification';

/** AI Rudder waits 10 seconds for an answer; the rest is for n8n. */
const DECIDE_WITHIN_MS = 8_000;

export class AiRudderTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI Rudder Trigger',
		name: 'aiRudderTrigger',
		icon: { light: 'file:airudder.svg', dark: 'file:airudder.dark.svg' },
		group: ['trigger'],
		// For a node of version 1 n8n evaluates an expression with every notice.
		version: 1.1,
		subtitle: SUBTITLE,
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
		eventTriggerDescription: 'Waiting for a notice from AI Rudder at the test URL',
		triggerPanel: {
			header: 'Receive notices from AI Rudder',
			executionsHelp: {
				inactive:
					"Publish the workflow and give AI Rudder the production URL: what comes then stands under Executions. The test URL takes one notice, within two minutes of a click on 'Execute step'; a call is reported only when it and its redials are over.",
				active:
					'Notices that reach the production URL start this workflow. You find them under Executions.',
			},
			activationHint:
				'Publish the workflow so that AI Rudder reaches the production URL at any time.',
		},
		properties: PROPERTIES,
	};

	/** AI Rudder has no API to register a URL: its staff, or the user in its console, enters it. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const fault = faultOf(this);
				if (fault) {
					throw new NodeOperationError(this.getNode(), fault.message, {
						description: fault.description,
					});
				}
				const { signingSecret } = await this.getCredentials('aiRudderApi');
				if (signingSecret !== '' && String(signingSecret).trim() === '') {
					throw new NodeOperationError(
						this.getNode(),
						"The credential's 'Webhook Signing Key' holds nothing but blanks",
						{ description: 'Enter the KEY agreed with AI Rudder, or leave the field empty' },
					);
				}
				if (signingSecret === '') {
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
		const arrivedAt = Date.now();
		const settings = readSettings(this);
		const notice = await readNotice(this.getRequestObject());
		if (!notice) return refuse(this, UNREADABLE);
		const event = recognise(notice.payload);

		const refusal = await checkSender(this, notice, event, settings);
		if (refusal) return refuse(this, refusal);

		if (!isWanted(event, settings.events)) {
			// What could not be read may be of an event that is wanted.
			return notice.problems.length > 0 ? refuse(this, UNREADABLE) : leaveOut(this, event);
		}

		const verification = await verifyPush(this, notice, event, settings);
		const unconfirmed = verification && refusalOf(verification, settings);
		if (unconfirmed) return refuse(this, unconfirmed);

		// A push that AI Rudder does not confirm must not take the place of a genuine one.
		const mark = verification?.verified === false ? [notice.body] : [];
		const all = entriesOf(event, notice, mark);
		const deadline = arrivedAt + DECIDE_WITHIN_MS;
		const fresh = await unseen(this, all, settings, deadline);
		if (!fresh) return refuse(this, TRY_AGAIN);
		if (fresh.entries.length === 0) return acknowledgeRepeat(this, event);

		const entries = await handToWaiting(this, notice, event, fresh.entries, settings, deadline);
		if (entries.length < fresh.entries.length) fresh.narrow(entries);
		const receivedAt = new Date(arrivedAt).toISOString();
		const arrival = { event, notice, entries, verification, receivedAt };
		const answer =
			entries.length === 0
				? acknowledgeAwaited()
				: handOn(this, toItems(arrival, settings), event, settings);
		// Not before: n8n answers an error with a 500, and the repeat of that has to be taken.
		fresh.answered();
		return answer;
	}
}
