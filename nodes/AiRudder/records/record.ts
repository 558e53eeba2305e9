import { AS_UTC_TIME, readFields, type FieldTable } from './fields';
import { localTime, type Payload } from './read';

const AS_LOCAL_TIME = { read: localTime, empty: () => null };

/** A time as ISO UTC, or, where the vendor gives no zone, as it came under the name with `Local`. */
export const time = (name: string, from: readonly string[]): FieldTable => ({
	[name]: { from, as: AS_UTC_TIME },
	[`${name}Local`]: { from, as: AS_LOCAL_TIME },
});

/** What a list may say once, beside its rows. */
const OF_THE_LIST = ['workflowId', 'workflowName', 'taskId'];

/** One row of a list in our names; what has no place in the table stands in `otherFields`. */
export function rowRecord(row: Payload, head: Payload, table: FieldTable): Payload {
	const { fields, others } = readFields(row, table);
	const beside = readFields(head, table).fields;
	for (const name of OF_THE_LIST) {
		if (name in fields) fields[name] ??= beside[name];
	}
	return { ...fields, otherFields: others };
}
