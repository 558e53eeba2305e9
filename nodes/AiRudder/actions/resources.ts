import { call } from './call';
import { contact } from './contact';
import { customApiNode } from './customApiNode';
import type { Resource } from './operation';
import { outboundTask } from './outboundTask';
import { recording } from './recording';
import { wabaTask } from './wabaTask';
import { workflowTask } from './workflowTask';
import { workflowTemplate } from './workflowTemplate';

/** In the editor's order: alphabetical. */
export const RESOURCES: Resource[] = [
	call,
	contact,
	customApiNode,
	outboundTask,
	recording,
	wabaTask,
	workflowTask,
	workflowTemplate,
];
