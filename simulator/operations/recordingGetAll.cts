/** Obtain All the Recordings of a Single Number in the Workflow; fields assumed. */
import { z } from 'zod';
import { findContacts } from '../state.cts';
import { utc } from '../times.cts';
import { recordingLink } from './callInfo.cts';
import { workflowOf } from './lookup.cts';
import { e164, id, operation } from './operation.cts';

export const recordingGetAll = operation({
	method: 'GET',
	path: '/service/cloud/workflow/recording',
	mark: 'A',
	params: z.object({ workflow_id: id, callee: e164 }),
	handle: ({ workflow_id, callee }, world) =>
		findContacts(workflowOf(world, workflow_id).contacts, { callee })
			.flatMap(({ rounds }) => rounds)
			.flatMap(({ node, contact, calls }) =>
				calls
					.filter(({ answered }) => answered)
					.map((call) => ({
						CallID: call.callId,
						TaskID: node.taskId,
						CalleeNumber: contact.callee,
						case_id: contact.caseId,
						CallStartTime: utc(call.startedAt),
						CallEndTime: utc(call.endedAt),
						RecordingLink: recordingLink(call, world),
					})),
			),
});
