/** Obtain the Workflow Task List: newest first, fields assumed. */
import type { Workflow } from '../state.cts';
import { utc } from '../times.cts';
import { operation } from './operation.cts';
import { page, paging } from './paging.cts';

const workflowRow = (workflow: Workflow) => ({
	workflow_id: workflow.id,
	workflow_name: workflow.name,
	workflow_template_id: workflow.template.id,
	workflow_template_name: workflow.template.name,
	status: workflow.status,
	end_time: workflow.endTime,
	create_time: utc(workflow.createdAt),
	total: workflow.contacts.length,
});

export const workflowTaskGetAll = operation({
	method: 'GET',
	path: '/service/cloud/workflow/instances',
	mark: 'A',
	params: paging,
	handle: (params, world) =>
		page([...world.state.workflows.values()].reverse().map(workflowRow), params, world),
});
