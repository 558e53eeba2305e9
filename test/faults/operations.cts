/** Every operation of the node with parameters that succeed, and how it may be repeated. */
import type { INodeParameters } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/AiRudder/actions/resources.ts';
import { operationNames, type OperationName } from '../../simulator/index.cts';
import { byId } from '../integration/support/dialled.cts';
import type { Prepared } from './vendor.cts';

export interface OperationCase {
	/** `resource:operation` of the node. */
	name: string;
	/** The endpoint that meets the fault. */
	endpoint: OperationName;
	/** Whether the same request may be sent again after an unclear failure. */
	repeatable: boolean;
	/** What an answer without data means: a lie for whoever asked for data, a yes for a command. */
	emptyIsSuccess: boolean;
	templateId?: string;
	parameters(prepared: Prepared): INodeParameters;
}

interface Definition extends Partial<Omit<OperationCase, 'name' | 'parameters'>> {
	parameters(prepared: Prepared): INodeParameters;
}

const LIST = { returnAll: true };
const PERIOD = { startTime: '2026-01-01T00:00:00', endTime: '2099-01-01T00:00:00' };

/** All but the uploads, which have a table of their own. */
const DEFINITIONS: Record<string, Definition> = {
	'call:get': { parameters: ({ answered }) => ({ callId: answered.callId }) },
	'call:getByContact': {
		parameters: ({ workflowId, answered }) => ({
			searchIn: 'workflowTask',
			workflowId: byId(workflowId),
			phoneNumber: answered.phone,
		}),
	},
	'contact:cancel': {
		emptyIsSuccess: true,
		parameters: ({ workflowId, answered }) => ({
			workflowId: byId(workflowId),
			phoneNumber: answered.phone,
		}),
	},
	'contact:update': {
		repeatable: false,
		emptyIsSuccess: true,
		parameters: ({ workflowId, answered }) => ({
			workflowId: byId(workflowId),
			phoneNumber: answered.phone,
			variablesFrom: 'fields',
			variables: { values: [{ name: 'amount', value: '5' }] },
		}),
	},
	'customApiNode:verifyPush': {
		parameters: ({ workflowId, apiNodeId, answered }) => ({
			workflowId: byId(workflowId),
			nodeId: apiNodeId,
			phoneNumber: answered.phone,
		}),
	},
	'outboundTask:getAll': {
		parameters: ({ workflowId }) => ({ ...LIST, workflowId: byId(workflowId) }),
	},
	'outboundTask:getCalls': { parameters: ({ taskId }) => ({ ...LIST, taskId: byId(taskId) }) },
	'outboundTask:getCallsInfoCheck': {
		templateId: '1002',
		parameters: ({ taskId }) => ({ ...LIST, taskId: byId(taskId) }),
	},
	'recording:download': {
		endpoint: 'call:get',
		parameters: ({ answered }) => ({ recordingFrom: 'callId', callId: answered.callId }),
	},
	'recording:getAll': {
		parameters: ({ workflowId, answered }) => ({
			...LIST,
			workflowId: byId(workflowId),
			phoneNumber: answered.phone,
		}),
	},
	'wabaTask:getAll': {
		parameters: ({ workflowId }) => ({ ...LIST, workflowId: byId(workflowId) }),
	},
	'wabaTask:getMessages': {
		parameters: ({ wabaTaskId }) => ({ ...LIST, wabaTaskId: byId(wabaTaskId) }),
	},
	'workflowTask:find': {
		parameters: ({ answered }) => ({ ...PERIOD, phoneNumber: answered.phone }),
	},
	'workflowTask:getAll': { parameters: () => LIST },
	'workflowTask:getSubtasks': {
		parameters: ({ workflowId }) => ({ ...LIST, workflowId: byId(workflowId) }),
	},
	'workflowTask:stop': {
		emptyIsSuccess: true,
		parameters: ({ workflowId }) => ({ workflowId: byId(workflowId) }),
	},
	'workflowTemplate:getAll': { parameters: () => LIST },
};

const UPLOADS = ['contact:add', 'contact:callAndWait', 'workflowTask:create'];

function endpointOf(name: string): OperationName {
	const known = operationNames.find((each) => each === name);
	if (!known) throw new Error(`The simulator has no operation ${name}`);
	return known;
}

export const OPERATIONS: OperationCase[] = Object.entries(DEFINITIONS).map(
	([name, { parameters, endpoint, ...definition }]) => {
		const [resource, operation] = name.split(':');
		return {
			name,
			endpoint: endpoint ?? endpointOf(name),
			repeatable: true,
			emptyIsSuccess: false,
			...definition,
			parameters: (prepared) => ({ resource, operation, ...parameters(prepared) }),
		};
	},
);

/** Operations that the node offers and no table covers; there may be none. */
export function uncovered(): string[] {
	const offered = RESOURCES.flatMap(({ option, operations }) =>
		operations.map((operation) => `${option.value}:${operation.option.value}`),
	);
	const covered = new Set([...UPLOADS, ...OPERATIONS.map(({ name }) => name)]);
	return offered.filter((name) => !covered.has(name));
}
