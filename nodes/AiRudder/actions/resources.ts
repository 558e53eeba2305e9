import { contact } from './contact';
import { customApiNode } from './customApiNode';
import type { Resource } from './operation';
import { outboundTask } from './outboundTask';
import { workflowTask } from './workflowTask';

/** In the editor's order: alphabetical. */
export const RESOURCES: Resource[] = [contact, customApiNode, outboundTask, workflowTask];
