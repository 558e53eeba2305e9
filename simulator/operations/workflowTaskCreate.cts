/** Create a New WorkFlow Task, with or without its first contacts. */
import { z } from 'zod';
import { badRequest } from '../envelope.cts';
import { templates } from '../templates.cts';
import { newWorkflow } from '../workflows.cts';
import { operation, time, uploadedContact } from './operation.cts';
import { upload } from './upload.cts';

export const workflowTaskCreate = operation({
	method: 'POST',
	path: '/service/cloud/workflow/createinstance',
	mark: 'D',
	params: z.object({
		workflow_template_id: z.number().int(),
		name: z.string().min(1),
		end_time: time,
		workflow_template_name: z.string().optional(),
		workflow_name: z.string().optional(),
		auto_finish: z.number().int().default(2),
		details: z.array(uploadedContact).default([]),
	}),
	handle(params, world) {
		const template = templates.get(params.workflow_template_id);
		if (!template) {
			throw badRequest(`workflow_template_id ${params.workflow_template_id} does not exist`);
		}
		if (params.end_time.date.getTime() <= Date.now()) throw badRequest('end_time: in the past');
		const workflow = newWorkflow(template, {
			name: params.name,
			endTime: params.end_time.text,
			autoFinish: params.auto_finish,
		});
		const refused = upload(world, workflow, params.details);
		world.state.addWorkflow(workflow);
		return { workflow_id: workflow.id, ...refused };
	},
});
