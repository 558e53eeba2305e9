/** Add lists to a workflow task. */
import { z } from 'zod';
import { badRequest } from '../envelope.cts';
import { workflowOf } from './lookup.cts';
import { id, operation, uploadedContact } from './operation.cts';
import { upload } from './upload.cts';

export const contactAdd = operation({
	method: 'POST',
	path: '/service/cloud/workflow/uploaddetails',
	mark: 'C',
	params: z.object({ workflow_id: id, details: z.array(uploadedContact).min(1) }),
	handle({ workflow_id, details }, world) {
		const workflow = workflowOf(world, workflow_id);
		if (workflow.status === 'stopped') throw badRequest(`workflow ${workflow_id} is stopped`);
		return { workflow_id, ...upload(world, workflow, details) };
	},
});
