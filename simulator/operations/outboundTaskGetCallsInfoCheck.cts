/** Obtain the Outbound Task Details (Info Check): shares its path, told apart by the task. */
import { infoCheckRow } from '../rows.cts';
import { operation } from './operation.cts';
import { taskDetail, taskDetailParams } from './outboundTaskGetCalls.cts';

export const outboundTaskGetCallsInfoCheck = operation({
	method: 'POST',
	path: '/service/cloud/workflow/taskdetail',
	mark: 'A',
	when: ({ TaskID }, { state }) =>
		state.nodesByTask.get(String(TaskID))?.workflow.template.infoCheck === true,
	params: taskDetailParams,
	handle: (params, world) => taskDetail(params, world, infoCheckRow),
});
