import { number, text, type Fields } from './fields';

/** What the notices of a message and of a session begin with (documented for the session). */
export const headFields: Fields = {
	workflow_id: text,
	workflow_name: text,
	nodetask_id: text,
	nodetask_name: text,
	wfdetail_uuid: text,
	timestamp: number,
	channel: text,
	channel_id: text,
	callee: text,
	status: text,
};
