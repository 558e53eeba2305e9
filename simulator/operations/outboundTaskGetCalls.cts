/** Obtain the Outbound Task Details: the classic answer (C) with the workflow's names beside it. */
import { nodeHead } from '../events/event.cts';
import { callRow, taskStatus } from '../rows.cts';
import type { Round } from '../state.cts';
import type { World } from '../world.cts';
import { taskOf } from './lookup.cts';
import { id, operation, type Params } from './operation.cts';
import { page, paging } from './paging.cts';

export const taskDetailParams = paging.extend({ TaskID: id });

type Row = (round: Round, timeZone: string) => Params;

/** All rows at once unless pages are asked for, as the classic one does. */
export function taskDetail(
	{ TaskID, ...params }: Params & { TaskID: string },
	world: World,
	row: Row,
) {
	const node = taskOf(world, TaskID, 'voicebot');
	const { timeZone } = world.options;
	const { list } = page(node.rounds.map(asRow), params, world, Infinity);
	return {
		TaskID,
		Status: taskStatus(node),
		...nodeHead({ node }),
		detail: list.map(({ round }) => ({
			...row(round, timeZone),
			case_id: round.contact.caseId,
		})),
	};
}

// Paged before it is written out: a row with its transcript is large.
const asRow = (round: Round) => ({ round });

export const outboundTaskGetCalls = operation({
	method: 'POST',
	path: '/service/cloud/workflow/taskdetail',
	mark: 'D',
	params: taskDetailParams,
	handle: (params, world) => taskDetail(params, world, callRow),
});
