import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { alphabetical } from '../alphabetical';
import { EVENTS } from './events';
import type { EventName, WebhookEvent } from './events/event';

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => alphabetical(a.name, b.name);

const whenSelected = (...events: EventName[]) => ({ show: { events } });

/** Who sets the URL at AI Rudder, in the words to send them. There is no API for it. */
const NOTICES: INodeProperties[] = [
	{
		displayName: `AI Rudder's staff set this up. Copy the production URL from 'Webhook URLs' above and send your AI Rudder contact: "Please send the Call Completion notices of our account, Info Check included, to [production URL], and sign them with a KEY of our own." Agree on the KEY in a secure way and enter it in the credential as 'Webhook Signing Key': anyone can look up the default one and send you forged outcomes.`,
		name: 'callNotice',
		type: 'notice',
		default: '',
		displayOptions: whenSelected('callCompletion', 'callCompletionInfoCheck'),
	},
	{
		displayName: `AI Rudder's staff set this up. Copy the production URL from 'Webhook URLs' above and send your AI Rudder contact: "Please send the Workflow Status Change notices of our account to [production URL]."`,
		name: 'workflowStatusNotice',
		type: 'notice',
		default: '',
		displayOptions: whenSelected('workflowStatus'),
	},
	{
		displayName: `AI Rudder's staff set this up. Copy the production URL from 'Webhook URLs' above and send your AI Rudder contact: "Please send the WABA Message Status Alteration and Chatbot Session End notices of our account to [production URL]." Their signature cannot be checked, because its method is not known to this node: keep the URL secret, and use the option 'IP Allowlist'.`,
		name: 'whatsAppNotice',
		type: 'notice',
		default: '',
		displayOptions: whenSelected('wabaMessage', 'chatbotSessionEnd'),
	},
	{
		displayName: `You set up List Completion, Custom API Node Push and the Predictive Dialer events: open the workflow in the workflow editor of AI Rudder's console and enter the production URL there (above, under 'Webhook URLs'). These notices carry no signature: keep the URL secret, and use the options 'IP Allowlist' and, for pushes, 'Verify With AI Rudder'.`,
		name: 'consoleNotice',
		type: 'notice',
		default: '',
		displayOptions: whenSelected(
			'listCompletion',
			'apiNodePush',
			'dialerTaskStatus',
			'dialerContactStatus',
			'dialerAgentStatus',
		),
	},
];

const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Awaited Calls',
		name: 'awaitedCalls',
		type: 'options',
		default: 'alsoStart',
		description:
			"What to do with the outcome of a call that 'Contact: Call and Wait' waits for, besides handing it over",
		options: [
			{
				name: 'Also Start This Workflow',
				value: 'alsoStart',
				description: 'As the outcome of any other call',
			},
			{
				name: 'Leave Out',
				value: 'leaveOut',
				description:
					'Only an outcome that nobody has taken within 8 seconds starts this workflow, such as one that comes after the wait has ended',
			},
		],
	},
	{
		displayName: 'Check Signature',
		name: 'checkSignature',
		type: 'boolean',
		default: true,
		description:
			'Whether to refuse call notices that are not signed with the key of the credential. Without this check anyone who knows the URL can send forged outcomes.',
	},
	{
		displayName: 'Duplicate Window (Minutes)',
		name: 'duplicateWindow',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description:
			"How long a notice is remembered. AI Rudder repeats a notice for about five minutes (documented for some events, assumed for the others). Only used with 'Remove Duplicates'.",
	},
	{
		displayName: 'Include Headers',
		name: 'includeHeaders',
		type: 'boolean',
		default: false,
		description: 'Whether to add the headers of the request to every item',
	},
	{
		displayName: 'IP Allowlist',
		name: 'ipAllowList',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.7, 198.51.100.0/24, 2001:db8::/32',
		description:
			'Addresses and ranges that may send notices, separated by commas. Empty lets everybody in. Ask AI Rudder for the addresses it sends from. Behind a proxy, N8N_PROXY_HOPS has to be set on the n8n instance.',
	},
	{
		displayName: 'One Item per Notice',
		name: 'oneItemPerNotice',
		type: 'boolean',
		default: false,
		description:
			"Whether to return a notice that reports several calls as one item with the list 'calls', instead of one item per call. Without 'Simplify' a notice always is one item.",
	},
	{
		displayName: 'Remove Duplicates',
		name: 'removeDuplicates',
		type: 'boolean',
		default: true,
		description:
			'Whether to leave out what this node has received already: AI Rudder repeats a notice that was not answered in time, at most five times (documented for some events, assumed for the others). The test URL always lets everything through.',
	},
	{
		displayName: 'Respond',
		name: 'respond',
		type: 'options',
		default: 'whenStored',
		description: 'When to tell AI Rudder that a notice has arrived',
		options: [
			{
				name: 'Immediately',
				value: 'immediately',
				description:
					'Before n8n has stored it, for an n8n with a limit of concurrent executions. Repeats are recognised after a restart, too. A notice that n8n cannot store afterwards is lost.',
			},
			{
				name: 'When Stored',
				value: 'whenStored',
				description:
					'Once n8n has stored the execution: if that does not succeed, AI Rudder sends the notice again, at most five times (documented for some events, assumed for the others). What was received is forgotten at a restart of n8n.',
			},
		],
	},
	{
		displayName: 'Response Body',
		name: 'responseBody',
		type: 'json',
		default: '{}',
		description:
			'What AI Rudder gets as the answer to a Custom API Node Push. All other notices are answered with {}.',
		hint: 'In an expression the push is $json.body',
	},
	{
		displayName: 'Verify With AI Rudder',
		name: 'verifyPush',
		type: 'options',
		default: 'off',
		description:
			"Ask AI Rudder if a Custom API Node Push is its own, which takes up to five seconds. The item then holds 'verified' and, as 'verification', AI Rudder's own record.",
		options: [
			{
				name: 'Flag on Mismatch',
				value: 'flag',
				description: "A push that AI Rudder does not confirm goes on with 'verified' false",
			},
			{ name: 'Off', value: 'off', description: 'AI Rudder is not asked' },
			{
				name: 'Refuse on Mismatch',
				value: 'refuse',
				description:
					'A push that AI Rudder does not confirm starts no execution. One that could not be checked in time is refused, too, with HTTP 503, so that AI Rudder may send it again.',
			},
		],
	},
];

const optionOf = ({ option, provenance }: WebhookEvent): INodePropertyOptions =>
	provenance === 'assumed'
		? { ...option, description: `${option.description}. Its form is assumed.` }
		: option;

const NAMES = Object.fromEntries(EVENTS.map(({ option }) => [option.value, option.name]));

/** Under the node on the canvas: the one event, or how many there are. */
export const SUBTITLE = `={{ $parameter["events"].length === 1 ? (${JSON.stringify(NAMES)})[$parameter["events"][0]] : $parameter["events"].length + " Events" }}`;

/** What the editor shows of the trigger. */
export const PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['callCompletion', 'unknown'],
		options: EVENTS.map(optionOf).sort(byName),
	},
	...NOTICES,
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: OPTIONS,
	},
];
