/** The `Sign` of call notices (D): it covers the TaskID only, so one Sign fits all notices of a task. */
import { createHash } from 'node:crypto';

export const sign = (taskId: string, key: string): string =>
	createHash('md5')
		.update(taskId + key, 'utf8')
		.digest('hex');
