import { DateTime } from 'luxon';
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { text } from '../../records/read';

/** A date that comes as an object, from a node such as Postgres or from `$now`, is the text that the editor shows for it. */
export const shownText = (value: unknown): unknown =>
	value instanceof Date || DateTime.isDateTime(value) ? value.toJSON() : value;

/** What AI Rudder takes as text, or null where there is none; throws which field holds a list or an object. */
export function plainText(
	context: IExecuteFunctions,
	value: unknown,
	displayName: string,
	itemIndex: number,
): string | null {
	const shown = shownText(value);
	if (typeof shown !== 'object' || shown === null) return text(shown);
	throw new NodeOperationError(context.getNode(), `'${displayName}' is not text or a number`, {
		itemIndex,
		description: 'AI Rudder takes plain text: pick one value from it',
	});
}

/** A case ID as it goes to AI Rudder, the same in each operation; empty where there is none. */
export const caseIdText = (
	context: IExecuteFunctions,
	caseId: unknown,
	itemIndex: number,
): string => (plainText(context, caseId, 'Case ID', itemIndex) ?? '').trim();
