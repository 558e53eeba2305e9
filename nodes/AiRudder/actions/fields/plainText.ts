import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { text } from '../../records/read';

/** A date that a node, such as Postgres, gives as an object is the text that the editor shows for it. */
export const shownText = (value: unknown): unknown =>
	value instanceof Date ? value.toJSON() : value;

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
		description: 'AI Rudder takes plain text: pick one value out of it',
	});
}
