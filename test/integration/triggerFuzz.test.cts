/** Whatever arrives: an answer below 500, no exception, and nothing of it lost. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { sign } from '../../simulator/index.cts';
import { Instance } from './support/trigger.cts';

const example = (name: string): IDataObject =>
	JSON.parse(readFileSync(join(__dirname, '../vendor-examples', name), 'utf8'));

const CALLS = example('call-completion.webhook.json');
const [CALL] = CALLS.Details as IDataObject[];
const PUSH = example('verify-api-node-push.response.json').data as IDataObject;
const SESSION = example('chatbot-session-end.webhook.json');
const DIALER = {
	...{
		taskId: 't',
		taskName: 'n',
		groupName: 'g',
		phoneNumber: '+1',
		callid: 'c',
		mainNumber: '+1',
	},
	...{ phoneTag: '', nthCall: 1, hangupReason: 3, contactName: 'n', customerInfo: { a: '1' } },
	...{ privateData: 'p', info1: '', remark: '', timestamp: 1744699269123 },
};
const ACTION = {
	nodetask_id: 'n',
	nodetask_name: 'x',
	node_type: 'y',
	task_id: 't',
	task_status: 's',
};

/** Names that are worth trying as a field: those of JavaScript, of n8n, of the vendor, of ours. */
const NAMES = [
	...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length'],
	...['callee', 'caller', 'payload', 'event', 'eventId', 'problems', 'otherFields', 'entry', ''],
	...['rows', 'actions', 'body', 'type', 'status', 'messages', 'session_end_time', 'node_id'],
	...['waba_task_id', 'case_id', 'callee_number', 'QuestionAnswer', 'question_answer', 'call_id'],
];

const odd: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom(null, '', 0, -1, 1e308, true, false, [], {}, [null], [[]], '--', '+', 'null'),
	fc.constantFrom('2024-03-11T03:20:30Z', '2024-99-99T99:99:99Z', '2024-03-11 10:19:27', 'Z'),
	fc.constantFrom(8.64e15, 8.64e15 + 1, -8.64e15, 1744699269, 1e21, '1e400', 'NaN'),
	fc.string({ unit: 'binary' }),
	fc.jsonValue({ maxDepth: 3 }),
	fc.array(fc.constantFrom<unknown>(null, 1, 'x', {}, [], { time: 1, text: {}, CallID: [] })),
	fc.dictionary(fc.constantFrom(...NAMES), fc.jsonValue({ maxDepth: 1 })),
);

/** An example with some of its fields changed, taken away, or joined by others. */
const changed = (base: IDataObject, keep: readonly string[] = []): fc.Arbitrary<IDataObject> =>
	fc
		.record({
			replaced: fc.dictionary(fc.constantFrom(...Object.keys(base)), odd, { maxKeys: 4 }),
			removed: fc.array(fc.constantFrom(...Object.keys(base)), { maxLength: 4 }),
			added: fc.dictionary(fc.constantFrom(...NAMES), odd, { maxKeys: 3 }),
		})
		.map(({ replaced, removed, added }) => {
			const kept = Object.entries(base).filter(
				([key]) => keep.includes(key) || !removed.includes(key),
			);
			const replacements = Object.entries(replaced).filter(([key]) => !keep.includes(key));
			const entries = [...kept, ...replacements, ...Object.entries(added)];
			return Object.fromEntries(
				entries.filter(([key]) => !keep.includes(key) || key in base),
			) as IDataObject;
		});

let count = 0;

/** A mark that no other notice or entry has, to find it again by. */
const mark = () => `mark-${++count}-`;

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * How a mark can stand in a notice: as a field more of any of its objects, at any depth, or instead of
 * a field that is known, as another type.
 */
function waysToMark(target: unknown): Array<(own: string) => void> {
	if (Array.isArray(target)) return target.flatMap(waysToMark);
	if (!isObject(target)) return [];
	return [
		(own) => (target.mark = own),
		...Object.keys(target).flatMap((key) => [
			(own: string) => (target[key] = [own]),
			(own: string) => (target[key] = { odd: own }),
			...waysToMark(target[key]),
		]),
	];
}

/** Which of the ways is taken. */
const way = fc.nat(10_000);

function marked(payload: IDataObject, own: string, at: number): IDataObject {
	const copy = JSON.parse(JSON.stringify(payload)) as IDataObject;
	const ways = waysToMark(copy);
	ways[at % ways.length](own);
	return copy;
}

interface Sample {
	payload: unknown;
	/** One for every entry that has to arrive. */
	marks: string[];
}

/** Signed, with several entries, some of which are no calls at all. */
const calls = fc
	.tuple(
		changed(CALLS, ['TaskID', 'Sign', 'Details']),
		fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: changed(CALL) }, odd), way), {
			maxLength: 4,
		}),
	)
	.map(([head, entries]): Sample => {
		const TaskID = mark();
		const marks: string[] = [];
		const Details = entries.map(([entry, at]) => {
			const own = mark();
			marks.push(own);
			if (isObject(entry)) return marked(entry, own, at);
			return typeof entry === 'object' ? [own, entry] : own;
		});
		const payload = { ...head, TaskID, Sign: sign(TaskID, 'airudder'), Details };
		return { payload, marks: marks.length > 0 ? marks : [TaskID] };
	});

const single = (base: IDataObject): fc.Arbitrary<Sample> =>
	fc.tuple(changed(base, ['TaskID', 'Details']), way).map(([payload, at]) => {
		const own = mark();
		// Where the identity lies, so that no two samples are repeats of each other.
		const ids = Object.fromEntries(
			['workflow_id', 'call_id']
				.filter((key) => key in base || key in payload)
				.map((key) => [key, mark()]),
		);
		return { payload: marked({ ...payload, ...ids }, own, at), marks: [own] };
	});

const dialer = (type: string, base: IDataObject): fc.Arbitrary<Sample> =>
	fc
		.tuple(changed({ type }, ['type']), fc.oneof(changed(base), odd), way)
		.map(([head, body, at]) => {
			const own = mark();
			const callid = 'callid' in base ? { callid: mark() } : {};
			return {
				payload: {
					...{ ...head, type },
					body: isObject(body) ? marked({ ...body, ...callid }, own, at) : [own, body],
				},
				marks: [own],
			};
		});

const samples: Record<string, fc.Arbitrary<Sample>> = {
	apiNodePush: single(PUSH),
	callCompletion: calls,
	callCompletionInfoCheck: calls.map(({ payload, marks }) => {
		const { Details, ...head } = payload as { Details: unknown[] };
		const answers = { QuestionAnswer: [{ QuestionName: 'Q1' }], mark: mark() };
		return {
			payload: { ...head, Details: [answers, ...Details] },
			marks: [answers.mark, ...(Details.length > 0 ? marks : [])],
		};
	}),
	chatbotSessionEnd: single(SESSION),
	dialerAgentStatus: dialer('AgentStatus', { ...DIALER, State: 'TALKRESULT', agentName: 'a' }),
	dialerContactStatus: dialer('ContactStatus', { ...DIALER, state: 'HANGUP' }),
	dialerTaskStatus: dialer('TaskStatus', { taskId: 't', taskName: 'n', state: 'Running' }),
	listCompletion: single({
		...{ workflow_id: 'w', workflow_name: 'n', case_id: 'c', callee_number: '+1', rows: [ACTION] },
	}),
	wabaMessage: single({
		...{ workflow_id: 'w', waba_task_id: 't', timestamp: 1744699269, callee: '+1', status: 'read' },
		...{ channel: 'WhatsApp', msg_id: 'm' },
	}),
	workflowStatus: single({ workflow_id: 'w', workflow_name: 'n', status: 's', actions: [ACTION] }),
};

const SHAPES = {
	simplified: {},
	'one item a notice': { options: { oneItemPerNotice: true } },
	'as it came': { simplify: false, options: { includeHeaders: true } },
};

const RUNS = 700;

describe.each(Object.entries(SHAPES))('%s', (shape, parameters) => {
	const n8n = new Instance({ parameters });

	test.each(Object.entries(samples))('%s', async (event, sample) => {
		let recognised = 0;
		await fc.assert(
			fc.asyncProperty(sample, async ({ payload, marks }) => {
				n8n.executions.length = 0;
				const { status, body, items } = await n8n.post(payload);
				expect({ status, body }).toEqual({ status: 200, body: {} });

				const found = items.map(({ json }) => JSON.stringify(json));
				const isCall = marks.length > 1 || found[0]?.includes('"calls"');
				const eachItsOwn = isCall && shape === 'simplified';
				expect(items).toHaveLength(eachItsOwn ? marks.length : 1);
				marks.forEach((own, index) => {
					expect(found[eachItsOwn ? index : 0]).toContain(own);
				});

				for (const { json } of items) {
					recognised += json.event === event ? 1 : 0;
					if (shape === 'as it came')
						expect(json.payload).toEqual(JSON.parse(JSON.stringify(payload)));
					else if (json.event !== 'unknown')
						expect(JSON.stringify(json)).not.toMatch(/"calle[er]":/);
				}
			}),
			{ numRuns: RUNS },
		);
		// Else it would have tested something else.
		expect(recognised).toBeGreaterThan(RUNS / 10);
	});
});

test('bytes of any kind under any Content-Type', async () => {
	const n8n = new Instance();
	const bytes = fc.oneof(
		fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
		fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
		fc.tuple(calls, fc.nat(2_000)).map(([{ payload }, at]) => {
			const text = Buffer.from(JSON.stringify(payload));
			text[at % text.length] ^= 0xff;
			return text;
		}),
	);
	const type = fc.constantFrom(
		...['application/json', 'application/json; charset=utf-8', 'text/plain', 'text/html', ''],
		...['application/x-www-form-urlencoded', 'application/octet-stream'],
	);
	await fc.assert(
		fc.asyncProperty(bytes, type, async (raw, contentType) => {
			n8n.executions.length = 0;
			const { status } = await n8n.post(null, { raw, headers: { 'content-type': contentType } });
			// 422 is n8n's own answer to JSON that is none, before the trigger is asked.
			expect([200, 401, ...(contentType.startsWith('application/json') ? [422] : [])]).toContain(
				status,
			);
		}),
		{ numRuns: 2_000 },
	);
});

test('a signature or task of any kind: 200 or 401', async () => {
	const n8n = new Instance();
	const seen = new Set<number>();
	await fc.assert(
		fc.asyncProperty(
			odd,
			fc.option(odd, { nil: undefined }),
			odd,
			async (TaskID, Sign, Details) => {
				n8n.executions.length = 0;
				const { status, items } = await n8n.post({ TaskID, Sign, Details });
				seen.add(status);
				expect([200, 401]).toContain(status);
				if (status === 401) expect(items).toHaveLength(0);
			},
		),
		{ numRuns: 2_000, examples: [['t', sign('t', 'airudder'), [1]]] },
	);
	expect([...seen].sort()).toEqual([200, 401]);
});
