import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isPayload } from '../../records/read';
import { isTool } from '../isTool';

type Reader = (item: INodeExecutionData) => unknown;

/** Stands for: only n8n's own evaluation will do. */
const UNDECIDED = Symbol('undecided');

/**
 * Reads one field for many items. n8n takes a good part of a millisecond for each expression, so that
 * reading 10,000 contacts would take longer than sending them. What is the same for all items is
 * therefore read once, and a plain column such as `{{ $json.phone }}` is taken from the item itself;
 * everything else goes through n8n.
 */
export function fieldReader(
	context: IExecuteFunctions,
	name: string,
	fallback: unknown,
): (itemIndex: number) => unknown {
	const evaluate = (itemIndex: number): unknown =>
		context.getNodeParameter(name, itemIndex, fallback);
	// Of a tool `$json` is what its agent was given, and the items are what the agent gives it.
	if (isTool(context)) return evaluate;
	const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
	const read = readerOf(raw);
	if (read === undefined) return evaluate;
	const items = context.getInputData();
	return (itemIndex) => {
		const value = read(items[itemIndex]);
		return value === UNDECIDED ? evaluate(itemIndex) : value;
	};
}

function readerOf(raw: unknown): Reader | undefined {
	if (typeof raw === 'string' && raw.startsWith('=')) return columnReader(raw);
	if (Array.isArray(raw)) return combined(raw, (values) => values);
	if (!isPayload(raw)) return () => raw;
	const names = Object.keys(raw);
	return combined(Object.values(raw), (values) =>
		Object.fromEntries(names.map((name, index) => [name, values[index]])),
	);
}

/** One reader of several values; it decides only when all of them do. */
function combined(raw: unknown[], join: (values: unknown[]) => unknown): Reader | undefined {
	const readers = raw.map(readerOf).filter((reader) => reader !== undefined);
	if (readers.length < raw.length) return undefined;
	return (item) => {
		const values = readers.map((read) => read(item));
		return values.includes(UNDECIDED) ? UNDECIDED : join(values);
	};
}

const COLUMN = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*|\[(?:'[^'\\]+'|"[^"\\]+")\])+)\s*\}\}$/;

/** A name of the above, which in brackets may hold a dot. */
const NAME = /\.(\w+)|\[('[^']+'|"[^"]+")\]/g;

/** Names that n8n refuses in expressions, for reasons of security: it shall say so itself. */
const REFUSED = /^(?:__proto__|prototype|constructor|callee|caller|arguments)$/;

function columnReader(expression: string): Reader | undefined {
	const columns = COLUMN.exec(expression)?.[1];
	if (columns === undefined) return undefined;
	const path = [...columns.matchAll(NAME)].map(([, plain, quoted]) => plain ?? quoted.slice(1, -1));
	if (path.some((name) => REFUSED.test(name))) return undefined;
	return ({ json }) => {
		let value: unknown = json;
		for (const name of path) {
			if (!isPayload(value)) return UNDECIDED;
			// A date has names that are not its own.
			if (!Object.hasOwn(value, name)) return value === json ? undefined : UNDECIDED;
			value = value[name];
		}
		return value;
	};
}
