import type { IHttpRequestMethods } from 'n8n-workflow';

/**
 * How well a path is known: `documented` was read on a vendor page, `client` was seen in production
 * code that calls the API, `assumed` follows the vendor's naming and can be overridden by the user.
 */
export type Provenance = 'documented' | 'client' | 'assumed';

export interface Endpoint {
	/** The vendor's own title, shown in the credential's overrides and in error messages. */
	title: string;
	method: IHttpRequestMethods;
	path: string;
	provenance: Provenance;
	/** Vendor page number, if known: see {@link documentationUrl}. */
	page?: string;
	/**
	 * Whether the same call may be sent again without changing anything. Calls that hand over
	 * contacts are not: a second copy may dial a person twice.
	 */
	repeatable: boolean;
	/** Longest wait for a complete answer in milliseconds. */
	timeoutMs: number;
}

const READ_TIMEOUT_MS = 120_000;
const CREATE_TIMEOUT_MS = 150_000;

const workflowPath = (segment: string) => `/service/cloud/workflow/${segment}`;

/** Every endpoint of the Workflow API. Nothing else in the package knows a path. */
const TABLE = {
	auth: {
		title: 'Token Authentication and Obtain',
		method: 'POST',
		path: '/service/cloud/auth',
		provenance: 'documented',
		page: '44712004',
		repeatable: true,
	},
	'workflowTask:create': {
		title: 'Create a New WorkFlow Task',
		method: 'POST',
		path: workflowPath('createinstance'),
		provenance: 'documented',
		page: '45238811',
		repeatable: false,
		timeoutMs: CREATE_TIMEOUT_MS,
	},
	'workflowTask:find': {
		title: 'Query workflow_id using case_id/callee',
		method: 'POST',
		path: workflowPath('detailinstances'),
		provenance: 'documented',
		page: '154088166',
		repeatable: true,
	},
	'workflowTask:getAll': {
		title: 'Obtain the Workflow Task List',
		method: 'GET',
		path: workflowPath('instances'),
		provenance: 'assumed',
		page: '45268459',
		repeatable: true,
	},
	'workflowTask:getSubtasks': {
		title: 'Obtain the Subtask List of the Workflow',
		method: 'GET',
		path: workflowPath('instancetasks'),
		provenance: 'assumed',
		repeatable: true,
	},
	'workflowTask:stop': {
		title: 'Stop the Workflow Task',
		method: 'POST',
		path: workflowPath('stopinstance'),
		provenance: 'assumed',
		page: '45267515',
		repeatable: true,
	},
	'contact:add': {
		title: 'Add lists to a workflow task',
		method: 'POST',
		path: workflowPath('uploaddetails'),
		provenance: 'client',
		page: '45244680',
		repeatable: false,
	},
	'contact:update': {
		title: 'Update the List Info of Workflow Task',
		method: 'POST',
		path: workflowPath('updatedetails'),
		provenance: 'assumed',
		repeatable: false,
	},
	'contact:cancel': {
		title: 'Cancel the processes for a specific list',
		method: 'POST',
		path: workflowPath('canceldetails'),
		provenance: 'assumed',
		page: '45246616',
		repeatable: true,
	},
	'workflowTemplate:getAll': {
		title: 'Obtain the List of Workflow Templates',
		method: 'GET',
		path: workflowPath('templates'),
		provenance: 'assumed',
		page: '45229623',
		repeatable: true,
	},
	'outboundTask:getAll': {
		title: 'Obtain the Outbound Task List of Workflow',
		method: 'POST',
		path: workflowPath('tasklist'),
		provenance: 'assumed',
		repeatable: true,
	},
	'outboundTask:getCalls': {
		title: 'Obtain the Outbound Task Details (Collection/Telemarketing/E-commerce)',
		method: 'POST',
		path: workflowPath('taskdetail'),
		provenance: 'documented',
		page: '154573225',
		repeatable: true,
	},
	'outboundTask:getCallsInfoCheck': {
		title: 'Obtain the Outbound Task Details (Info Check)',
		method: 'POST',
		path: workflowPath('taskdetail'),
		provenance: 'assumed',
		page: '154573421',
		repeatable: true,
	},
	'call:get': {
		title: 'Obtain Call Information and Recording Link by Call ID',
		method: 'GET',
		path: workflowPath('callinfo'),
		provenance: 'assumed',
		page: '178718855',
		repeatable: true,
	},
	'call:getByContact': {
		title: 'Obtain Call Information and Recording Links by callee/caseid and taskid/workflow_id',
		method: 'GET',
		path: workflowPath('callinfo'),
		provenance: 'assumed',
		page: '178718843',
		repeatable: true,
	},
	'recording:getAll': {
		title: 'Obtain All the Recordings of a Single Number in the Workflow',
		method: 'GET',
		path: workflowPath('recording'),
		provenance: 'assumed',
		repeatable: true,
	},
	'customApiNode:verifyPush': {
		title: 'Verify the Custom API Node Data Push',
		method: 'POST',
		path: workflowPath('apinoticeinfo'),
		provenance: 'documented',
		page: '58679239',
		repeatable: true,
	},
	'wabaTask:getAll': {
		title: 'Obtain the WABA Tasks List of Workflow',
		method: 'GET',
		path: workflowPath('wabatasks'),
		provenance: 'assumed',
		page: '236665438',
		repeatable: true,
	},
	'wabaTask:getMessages': {
		title: 'Obtain the WABA Task Details of Workflow',
		method: 'GET',
		path: workflowPath('wabataskdetail'),
		provenance: 'assumed',
		repeatable: true,
	},
} satisfies Record<string, Omit<Endpoint, 'timeoutMs'> & Partial<Endpoint>>;

export type EndpointName = keyof typeof TABLE;

export const ENDPOINT_NAMES = Object.keys(TABLE) as EndpointName[];

export function endpoint(name: EndpointName): Endpoint {
	return { timeoutMs: READ_TIMEOUT_MS, ...TABLE[name] };
}

/** Where the vendor describes an endpoint; of some not even the page is known. */
export function documentationUrl({ page }: Endpoint): string {
	return page ? `https://api-docs.airudder.com/api-${page}` : 'https://api-docs.airudder.com';
}

/** What is found there, in the user's words. */
export const documentationName = ({ page }: Endpoint): string =>
	page ? "AI Rudder's page" : "AI Rudder's documentation";
