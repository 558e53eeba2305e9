/** docs/reference.md: what the editor shows of each operation and event, and an example of what comes out. */
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { AiRudder } from '../../../nodes/AiRudder/AiRudder.node.ts';
import { AiRudderTrigger } from '../../../nodes/AiRudder/AiRudderTrigger.node.ts';
import { RESOURCES } from '../../../nodes/AiRudder/actions/resources.ts';
import {
	documentationUrl,
	endpoint,
	ENDPOINT_NAMES,
	type Provenance,
} from '../../../nodes/AiRudder/transport/endpoints.ts';
import { EVENTS } from '../../../nodes/AiRudder/trigger/events/index.ts';

const INTRODUCTION = `# Every operation and event

Fields as the editor shows them, and an example of what comes out with **Simplify** on. Written by \`UPDATE_REFERENCE=1 npx jest reference\` from the code and from runs against the simulator; a test keeps it true. People, numbers and IDs belong to nobody. How well each path and event is known: [provenance](../README.md#provenance). What \`ringResult\` says is what AI Rudder's words (\`RingType\`) are assumed to mean.

In all lists: **Return All** or a **Limit** (50). In all operations but uploads and downloads: **Simplify** (on; of Cancel, Stop and Update under **Options**); off, an item holds AI Rudder's answer untouched in \`response\` (of Verify Push, its \`callee\` as \`contact\` as well). In all operations, under **Options**: **Additional Parameters** (JSON; a parameter of the same name takes the place of the node's own) and **Timeout (Seconds)** (120, or 150 where a task may be created).
`;

const TRIGGER_OUTPUT = `With **Simplify** off an item is \`event\`, \`eventId\`, \`receivedAt\` and, as \`payload\`, what AI Rudder sent. What stands under \`callee\` or \`caller\`, names that n8n refuses in expressions, is also \`phoneNumber\`, \`contact\` (where it is an object) or \`callerNumber\`.

With and without **Simplify**, an item also has \`signature\` (X-AIRudder-Sign of the WhatsApp events, which cannot be checked), \`verified\`, \`verification\` and \`verificationProblems\` (with **Verify With AI Rudder**), \`headers\` (with **Include Headers**) and \`problems\` (what does not fit AI Rudder's documentation), where there is one.`;

const EVERYWHERE = ['returnAll', 'limit', 'simplify', 'additionalParameters', 'timeoutSeconds'];

const WORDS: Record<Provenance, string> = {
	documented: 'documented',
	client: 'known from production code (client)',
	assumed: 'assumed',
};

/** Shown in full; other operations that give calls refer to it. */
const CALL = 'call:get';

const sameFields = (one: IDataObject = {}, other: IDataObject = {}): boolean =>
	Object.keys(one).join() === Object.keys(other).join();

/** The text of the reference; \`examples\` by \`resource:operation\` and by event. */
export function reference(examples: ReadonlyMap<string, IDataObject>): string {
	const operations = RESOURCES.flatMap(({ option: resource, operations: of }) =>
		of.map(({ option }) => operationSection(resource, option, examples)),
	);
	const events = [...EVENTS]
		.sort((a, b) => (a.option.name < b.option.name ? -1 : 1))
		.map(({ option: { name, value, description }, provenance }) => {
			const known = provenance ? ` Its form is ${WORDS[provenance]}.` : '';
			const about = `${description}. \`event\`: \`${value}\`.${known}`;
			return [`### ${name}`, about, json(examples.get(value))].join('\n\n');
		});
	const { properties } = new AiRudderTrigger().description;
	return `${[
		INTRODUCTION.trim(),
		'## AI Rudder',
		...operations,
		'## AI Rudder Trigger',
		fieldTable(properties),
		TRIGGER_OUTPUT,
		...events,
	].join('\n\n')}\n`;
}

function operationSection(
	resource: INodePropertyOptions,
	option: INodePropertyOptions,
	examples: ReadonlyMap<string, IDataObject>,
): string {
	const key = `${resource.value}:${option.value}`;
	const name = ENDPOINT_NAMES.find((each) => each === key);
	const known = name && endpoint(name);
	const source = known
		? `${known.method} \`${known.path}\` (${known.provenance}), [${known.title}](${documentationUrl(known)}).`
		: 'Made of other operations.';
	const fields = new AiRudder().description.properties.filter(
		({ displayOptions, name: field }) =>
			field !== 'operation' &&
			displayOptions?.show?.resource?.includes(resource.value) &&
			displayOptions.show.operation?.includes(option.value),
	);
	return [
		`### ${resource.name}: ${option.name}`,
		`${option.description} ${source}`,
		fieldTable(fields),
		key !== CALL && sameFields(examples.get(key), examples.get(CALL))
			? 'Comes out: a call, as in [Call: Get](#call-get).'
			: json(examples.get(key)),
	]
		.filter(Boolean)
		.join('\n\n');
}

function fieldTable(fields: INodeProperties[]): string {
	const rows = fields.flatMap((field) => rowsOf(field, fields));
	if (rows.length === 0) return '';
	return ['| field | required | default | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowsOf(field: INodeProperties, siblings: INodeProperties[], within = ''): string[] {
	if (field.type === 'notice' || EVERYWHERE.includes(field.name)) return [];
	const inner = (field.options ?? []).flatMap((option) => {
		if ('values' in option) {
			return option.values.flatMap((each) => rowsOf(each, siblings, `${field.displayName} → `));
		}
		return 'type' in option ? rowsOf(option, siblings, `${field.displayName} → `) : [];
	});
	if (field.type === 'collection')
		return field.name === 'options' ? inner : [named(field, siblings)];
	const about = [field.description, field.hint, choices(field), condition(field, siblings)].flatMap(
		(text) => (text ? [text.replace(/\.$/, '')] : []),
	);
	const cells = [
		within + field.displayName,
		field.required ? 'yes' : '',
		shownDefault(field),
		about.join('. '),
	];
	return [`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`, ...inner];
}

/** The fields of a collection, by their names, and what holds for all of them. */
const named = (field: INodeProperties, siblings: INodeProperties[]): string => {
	const { displayName, description, options = [] } = field;
	const names = options.map((option) => {
		const label = 'displayName' in option ? option.displayName : option.name;
		return 'type' in option && option.description ? `${label} (${option.description})` : label;
	});
	const about = [description, names.join(', '), condition(field, siblings)].filter(Boolean);
	return `| ${displayName} | | | ${about.join(' ').replace(/ (With [^.]+)$/, '. $1')} |`;
};

const namesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options.filter(
		(option): option is INodePropertyOptions => !('type' in option || 'values' in option),
	);

const choices = (field: INodeProperties): string =>
	field.type === 'options'
		? namesOf(field)
				.map(
					({ name, description }) =>
						`*${name}*${description ? `: ${description.replace(/\.$/, '')}` : ''}`,
				)
				.join(field.options?.some((option) => 'description' in option) ? '. ' : ', ')
		: '';

/** "With Variables From: JSON", from the field that decides. */
function condition({ displayOptions }: INodeProperties, siblings: INodeProperties[]): string {
	const { resource: _resource, operation: _operation, ...deciding } = displayOptions?.show ?? {};
	return Object.entries(deciding)
		.map(([name, values]) => {
			const decider = siblings.find((each) => each.name === name.replace(/^\//, ''));
			const labels = (values ?? []).map((value) =>
				decider ? labelOf(decider, value) : String(value),
			);
			return decider && !EVERYWHERE.includes(name)
				? `${decider.displayName}: ${labels.join(' or ')}`
				: '';
		})
		.filter(Boolean)
		.join(', ')
		.replace(/^./, (first) => `With ${first}`);
}

const labelOf = (field: INodeProperties, value: unknown): string =>
	namesOf(field).find((option) => option.value === value)?.name ??
	(value === true ? 'on' : value === false ? 'off' : String(value));

function shownDefault(field: INodeProperties): string {
	const { default: value } = field;
	if (Array.isArray(value)) return value.map((each) => labelOf(field, each)).join(', ');
	if (value === '' || value === '{}' || typeof value === 'object') return '';
	const label = labelOf(field, value);
	return label.startsWith('=') ? `\`${label.slice(1)}\`` : label;
}

const json = (example: IDataObject | undefined): string =>
	example ? `\`\`\`json\n${JSON.stringify(shortened(example), null, 2)}\n\`\`\`` : '';

/** Of each list no more than its first two entries; no address of the simulator. */
function shortened(value: unknown): unknown {
	if (typeof value === 'string')
		return value.replace(/^http:\/\/localhost:\d+/, 'https://files.example');
	if (Array.isArray(value)) return value.slice(0, 2).map(shortened);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each)]));
}
