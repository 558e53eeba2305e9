import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Payload } from '../records/read';
import type { AiRudderClient } from '../transport/client';
import type { EndpointName } from '../transport/endpoints';
import { onePage, saysNone, someData } from '../transport/pages';
import { commonOptions } from './fields/options';
import { rowsToItems } from './fields/simplify';
import { headOf, hintAtMissing } from './list';
import type { Result } from './operation';

/** What is found in an answer whose form is not known. */
interface Search {
	parameters: IDataObject;
	rowsIn: (data: unknown) => Payload[];
	/** What has to be found; an answer without it that does not say 'none' is an error. */
	sought: string;
	/** What an answer without it may hold besides what was asked for. */
	about?: readonly string[];
	toRecord: (row: Payload, head: Payload) => Payload;
}

/** What AI Rudder has of a contact as items; somebody who is told that there is nothing uploads it again. */
export async function search(
	context: IExecuteFunctions,
	client: AiRudderClient,
	itemIndex: number,
	name: EndpointName,
	{ parameters, rowsIn, sought, about = [], toRecord }: Search,
): Promise<Result[]> {
	const { additionalParameters, send } = commonOptions(context, itemIndex);
	const asked = { ...parameters, ...additionalParameters };
	const { data, response } = await client.call(name, asked, someData(), send);
	const simplify = context.getNodeParameter('simplify', itemIndex) === true;
	const rows = rowsIn(data);
	if (simplify && rows.length === 0 && !saysNone(data, [...Object.keys(asked), ...about])) {
		throw client.toNodeError({ kind: 'unknownForm', detail: sought }, name);
	}
	const page = onePage(rows, data, response);
	hintAtMissing(context, itemIndex, page);
	const head = headOf(response);
	return rowsToItems(page, simplify, (row) => toRecord(row, head));
}
