import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { RESOURCES } from './actions/resources';
import { router } from './actions/router';
import * as listSearch from './methods/listSearch';

export class AiRudder implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI Rudder',
		name: 'aiRudder',
		icon: { light: 'file:airudder.svg', dark: 'file:airudder.dark.svg' },
		group: ['transform'],
		version: 1,
		// `create` and `workflowTask` become `Create: Workflow Task`.
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace("getAll", "getMany").replace(/([a-z])([A-Z])/g, "$1 $2").replace(/(^|: )[a-z]/g, (first) => first.toUpperCase()).replace("Waba", "WABA").replace("Api", "API") }}',
		description: 'Call and message contacts with AI Rudder and get every outcome back',
		defaults: { name: 'AI Rudder' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aiRudderApi', required: true }],
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

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
