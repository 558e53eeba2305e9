/** Stop the Workflow Task: cancels what is left of every contact; stopping twice is no error. */
import { z } from 'zod';
import { workflowOf } from './lookup.cts';
import { id, operation } from './operation.cts';

export const workflowTaskStop = operation({
	method: 'POST',
	path: '/service/cloud/workflow/stopinstance',
	mark: 'A',
	params: z.object({ workflow_id: id }),
	handle({ workflow_id }, world) {
		world.dialler.stop(workflowOf(world, workflow_id));
		return { workflow_id };
	},
});
