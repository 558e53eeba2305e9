import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

/** The error with the item that it belongs to, so that the editor can point at it. */
export function locate(context: IExecuteFunctions, error: unknown, itemIndex: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	const cause = error instanceof Error ? error : new Error(String(error));
	return new NodeOperationError(context.getNode(), cause, { itemIndex });
}

/** An error's message and advice as one text; the message may be a sentence already. */
export const reasonOf = ({ message, description }: NodeApiError | NodeOperationError): string =>
	`${message.replace(/\.$/, '')}. ${description ?? ''}`.trim();

/**
 * A failed item. It says so in its data alone: of an item with an `error` of its own n8n keeps no more
 * than the message, and for the error output it takes only `error` and `message`.
 */
export function failedItem(
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
): INodeExecutionData {
	const { message, description } = error;
	const json = { error: message, ...(description && { message: description }) };
	return { json, pairedItem: { item: itemIndex } };
}
