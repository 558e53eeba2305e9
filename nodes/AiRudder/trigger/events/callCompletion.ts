import { z } from 'zod';
import { callRecord } from '../../records/call';
import { objects } from '../../records/read';
import type { WebhookEvent } from './event';

const text = z.string().nullish();

const schema = () =>
	z
		.object({
			TaskID: z.string(),
			Sign: z.string(),
			workflow_id: text,
			nodetask_id: text,
			Details: z.array(
				z
					.object({
						CalleeNumber: z.string(),
						CallID: text,
						CaseID: text,
						CallStartTime: text,
						CallEndTime: text,
						Status: text,
						Intention: text,
						CallTimes: z.number().nullish(),
						RingTime: z.number().nullish(),
						AsrResult: z.array(z.object({}).passthrough()).nullish(),
						RedailCall: z.array(z.object({}).passthrough()).nullish(),
						Variables: z.record(z.unknown()).nullish(),
					})
					.passthrough(),
			),
		})
		.passthrough();

/**
 * Calls of a collection, marketing or e-commerce task have ended (documented): one entry a number and
 * round, once it was answered or its redials are used up; several entries in one notice.
 */
export const callCompletion: WebhookEvent = {
	option: {
		name: 'Call Completion',
		value: 'callCompletion',
		description: 'A call was answered, or all its redials are used up',
	},
	recognises: ({ TaskID: taskId, Details: details }) =>
		taskId !== undefined && Array.isArray(details),
	schema,
	signature: 'body',
	entries: ({ Details: details }) => objects(details),
	identity: ({ TaskID: taskId }, entry) => [
		taskId,
		entry.CallID,
		entry.CalleeNumber,
		entry.CaseID,
		entry.id,
		entry.Status,
		entry.CallTimes,
	],
	toRecord: (notice, entry) => callRecord(entry, notice),
};
