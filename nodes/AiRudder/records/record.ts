import { AS_LOCAL_TIME, AS_UTC_TIME, readFields, recordOf, type FieldTable } from './fields';
import type { Payload } from './read';

/** A time as ISO UTC, or, where the vendor gives no zone, as it came under the name with `Local`. */
export const time = (name: string, from: readonly string[]): FieldTable => ({
	[name]: { from, as: AS_UTC_TIME },
	[`${name}Local`]: { from, as: AS_LOCAL_TIME },
});

/** When the task or template of a row was made (assumed). */
export const CREATED_AT = time('createdAt', ['create_time', 'created_at', 'CreateTime']);

/** What a list may say once, beside its rows. */
const OF_THE_LIST = ['workflowId', 'workflowName', 'taskId'];

/** One row of a list in our names; what has no place in the table stands in `otherFields`. */
export function rowRecord(row: Payload, head: Payload, table: FieldTable): Payload {
	const record = recordOf(row, table);
	// An `id` there is none of theirs.
	const beside = readFields({ ...head, id: null }, table).fields;
	for (const name of OF_THE_LIST) {
		if (name in table) record[name] ??= beside[name];
	}
	return record;
}
