import { DateTime } from 'luxon';
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/** What the vendor's examples show (client): local date and time with the offset of its zone. */
const VENDOR_FORMAT = 'yyyy-MM-dd HH:mm:ssZZ';

/**
 * The moment in a date field; throws which field holds none. Times without a zone are in the workflow's
 * time zone, as is everything else in n8n.
 */
export function readTime(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): DateTime {
	const time = toDateTime(context.getNodeParameter(name, itemIndex), context.getTimezone());
	if (time?.isValid) return time;
	throw new NodeOperationError(context.getNode(), `'${displayName}' is not a date and time`, {
		itemIndex,
		description: 'Choose one in the field, or use an expression such as {{ $now.plus(1, "day") }}',
	});
}

function toDateTime(value: unknown, zone: string): DateTime | undefined {
	if (DateTime.isDateTime(value)) return value.setZone(zone);
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const iso = DateTime.fromISO(value.trim().replace(' ', 'T'), { zone });
	return iso.isValid ? iso : DateTime.fromSQL(value.trim(), { zone });
}

/** In plain digits, whatever locale an expression has given the time. */
export const vendorTime = (time: DateTime): string =>
	time.toFormat(VENDOR_FORMAT, { locale: 'en', numberingSystem: 'latn' });
