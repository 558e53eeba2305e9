import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { RESOURCES } from './actions/resources';
import { router } from './actions/router';
import * as listSearch from './methods/listSearch';
import { RESUME_PATH } from './waiting/reference';
import { resumeWithOutcome } from './waiting/resume';

export class AiRudder implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI Rudder',
		name: 'aiRudder',
		icon: { light: 'file:airudder.svg', dark: 'file:airudder.dark.svg' },
		group: ['transform'],
		version: 1,
		// By the names in the panel: `create` and `workflowTask` become `Create: Workflow Task`.
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace("getAll", "getMany").replace(/([a-z])([A-Z])/g, "$1 $2").replace(/(^|: )[a-z]/g, (first) => first.toUpperCase()).replace(/ (And|By) /, (word) => word.toLowerCase()).replace("Info", "for Info").replace("Waba", "WABA").replace("Api", "API") }}',
		description: 'Call and message contacts with AI Rudder and get every outcome back',
		defaults: { name: 'AI Rudder' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aiRudderApi', required: true }],
		waitingNodeTooltip:
			'={{ "Waiting for the outcome of the call, which an AI Rudder Trigger hands over" }}',
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without this n8n answers a text of its own instead of ours.
				responseData: '',
				path: RESUME_PATH,
				restartWebhook: true,
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: RESOURCES.map(({ option }) => option),
				default: 'workflowTask',
			},
			...RESOURCES.flatMap(({ properties }) => properties),
		],
	};

	methods = { listSearch };

	/** There is nothing to register: the address belongs to one waiting execution. */
	webhookMethods = {
		default: {
			checkExists: async () => true,
			create: async () => true,
			delete: async () => true,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resumeWithOutcome.call(this);
	}
}
