/** The README's tables say what the code has, no more and no less. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCES } from '../../nodes/AiRudder/actions/resources.ts';
import {
	documentationUrl,
	endpoint,
	ENDPOINT_NAMES,
} from '../../nodes/AiRudder/transport/endpoints.ts';
import { EVENTS } from '../../nodes/AiRudder/trigger/events/index.ts';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

const section = (title: string) => readme.split(`\n## ${title}\n`)[1].split('\n## ')[0];

/** The cells of a table's rows, without its head. */
const rowsOf = (text: string): string[][] =>
	text
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.slice(2)
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);

const operationRows = rowsOf(section('Operations').split('\n### ')[0]);

test.each(ENDPOINT_NAMES)('operation %s, with its provenance and page', (name) => {
	const known = endpoint(name);
	const { title, provenance, page } = known;
	const link = page === undefined ? '–' : `[${page}](${documentationUrl(known)})`;
	const row = operationRows.find((cells) => cells[2] === title);
	expect(row?.slice(3, 5)).toEqual([provenance, link]);
});

test('every operation of the node under the name it has in the editor', () => {
	const inEditor = RESOURCES.flatMap(({ option, operations }) =>
		operations.map((operation) => `${option.name}: ${operation.option.name}`),
	).filter((name) => section('Operations').includes(name) === false);
	const inTable = operationRows.map(([resource, operation]) => `${resource}: ${operation}`);
	expect(inEditor.filter((name) => !inTable.includes(name))).toEqual([]);
	expect(operationRows).toHaveLength(ENDPOINT_NAMES.length);
});

test('every event under the name it has in the editor, with its provenance', () => {
	const rows = rowsOf(section('Events').split('\n### ')[0]).map((cells) => [cells[0], cells[4]]);
	const known = EVENTS.map(({ option, provenance = '' }) => [option.name, provenance]);
	expect(rows.sort()).toEqual(known.sort());
});

test('every message under Troubleshooting is one that the nodes give', () => {
	const nodes = join(__dirname, '../../nodes');
	const source = readdirSync(nodes, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => readFileSync(join(nodes, file), 'utf8'))
		.join('\n');
	const messages = rowsOf(section('Troubleshooting'))
		.map(([message]) => message.replace(/^… | …$/g, '').replace("'Phone Number' ", ''))
		.filter((message) => !/^(the trigger|nothing|Cannot access "callee")/.test(message));
	expect(messages.length).toBeGreaterThan(8);
	expect(messages.filter((message) => !source.includes(message))).toEqual([]);
});
