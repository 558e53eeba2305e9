/** The fields that the editor is told of, from the output schema of an operation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

const SCHEMAS = join(__dirname, '../../../nodes/AiRudder/__schema__/v1.0.0');

interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

const typeOf = (value: unknown): string =>
	value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** Where the value is not what the schema says; nothing where it is. */
function differences(value: unknown, schema: Schema, path: string): string[] {
	const types = [schema.type ?? []].flat();
	if (!types.includes(typeOf(value))) return [`${path}: ${typeOf(value)}, not ${types.join('/')}`];
	if (Array.isArray(value)) {
		return value.flatMap((each, index) =>
			differences(each, schema.items ?? { type: typeOf(each) }, `${path}[${index}]`),
		);
	}
	if (typeof value !== 'object' || value === null || !schema.properties) return [];
	const { properties } = schema;
	const held = Object.entries(value);
	const undocumented = held.filter(([name]) => !(name in properties));
	return [
		...undocumented.map(([name]) => `${path}.${name}: not documented`),
		...Object.keys(properties)
			.filter((name) => !(name in value))
			.map((name) => `${path}.${name}: missing`),
		...held
			.filter(([name]) => name in properties)
			.flatMap(([name, each]) => differences(each, properties[name], `${path}.${name}`)),
	];
}

/** Fails unless there are items, all of them just as the operation's output schema says. */
export function expectDocumented(
	{ resource, operation }: { resource: string; operation: string },
	items: INodeExecutionData[],
): void {
	const file = join(SCHEMAS, resource, `${operation}.json`);
	const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
	expect(items.length).toBeGreaterThan(0);
	expect(items.flatMap(({ json }) => differences(json, schema, 'json'))).toEqual([]);
}
