/** Obtain the List of Workflow Templates: newest first (D), the rest assumed. */
import { templates } from '../templates.cts';
import { utc } from '../times.cts';
import { operation } from './operation.cts';
import { page, paging } from './paging.cts';

export const workflowTemplateGetAll = operation({
	method: 'GET',
	path: '/service/cloud/workflow/templates',
	mark: 'A',
	params: paging,
	handle(params, world) {
		const newestFirst = [...templates.values()].sort((a, b) => +b.createdAt - +a.createdAt);
		const rows = newestFirst.map((template) => ({
			workflow_template_id: template.id,
			workflow_template_name: template.name,
			create_time: utc(template.createdAt),
		}));
		return page(rows, params, world);
	},
});
