import { DateTime } from 'luxon';
import { createEmptyRunExecutionData } from 'n8n-workflow';
import { until } from '../../scripts/real-n8n/client.cts';
import { execute, failure, newRunData } from './support/n8n.cts';
import { CREATE, people, simulated } from './support/simulated.cts';
import { vendor } from './support/vendor.cts';

const world = simulated();

const inBatchesOf = (batchSize: number) => ({ ...CREATE, options: { batchSize } });

const create = async (parameters: typeof CREATE, items = people(3), options = {}) =>
	await execute(parameters, world.credential, { items, ...options });

const goingOn = { onError: 'continueRegularOutput' } as const;

const states = (items: Awaited<ReturnType<typeof execute>>) => items.map(({ json }) => json.state);

const acceptedNumbers = () => world.simulator.acceptedContacts().map(({ callee }) => callee);

const expectNobodyTwice = () =>
	expect(acceptedNumbers()).toHaveLength(new Set(acceptedNumbers()).size);

describe('a task with its contacts', () => {
	test('holds one contact for each input item, and each result is paired with its item', async () => {
		const items = await create(CREATE, people(25));

		expect(items).toHaveLength(25);
		expect(items[3]).toEqual({
			json: {
				workflowId: expect.any(String),
				phoneNumber: '+120255510003',
				caseId: 'LOAN-3',
				state: 'uploaded',
			},
			pairedItem: { item: 3 },
		});
		expect(new Set(items.map(({ json }) => json.workflowId)).size).toBe(1);
		expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
		expect(world.requestsOf('workflowTask:create')[0].body).toMatchObject({
			workflow_template_id: 1001,
			name: 'Reminders',
			end_time: '2099-01-31 18:00:00+07:00',
			auto_finish: 2,
			details: expect.arrayContaining([
				{ callee: '+120255510003', case_id: 'LOAN-3', variables: { amount: '30' } },
			]),
		});
		expect(acceptedNumbers()).toHaveLength(25);
	});

	test('goes up in ⌈contacts / batch size⌉ requests', async () => {
		await create(inBatchesOf(10), people(25));

		expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
		expect(world.requestsOf('contact:add')).toHaveLength(2);
		expect(acceptedNumbers().sort()).toEqual(people(25).map(({ phone }) => phone));
	});

	test.each(['+1 (202) 555-0123', '\u202a+1 202\u2011555\u20110123\u202c'])(
		'takes spaces, dashes, brackets and what copying brings out of a number: %j',
		async (phone) => {
			const items = await create(CREATE, [{ phone, case: 'A', amount: 1 }]);

			expect(items[0].json.phoneNumber).toBe('+12025550123');
		},
	);

	test('can come from a fixed list, one task for each input item', async () => {
		const contacts = {
			values: [
				{ phoneNumber: '+12025550123', caseId: 'A', variables: '{"amount": 12.5}' },
				{ phoneNumber: '+12025550124', caseId: '', variables: '{}' },
			],
		};

		const items = await create(
			{ ...CREATE, contactsFrom: 'list', contacts } as typeof CREATE,
			people(2),
		);

		expect(items).toHaveLength(2);
		expect(items[1]).toEqual({
			json: {
				workflowId: expect.any(String),
				taskName: 'Reminders',
				contacts: [
					{ phoneNumber: '+12025550123', state: 'uploaded' },
					{ phoneNumber: '+12025550124', state: 'uploaded' },
				],
			},
			pairedItem: { item: 1 },
		});
		expect(world.simulator.acceptedContacts()[0]).toMatchObject({
			caseId: 'A',
			variables: { amount: '12.5' },
		});
	});

	test('is read from the column that is meant, though its name holds a dot', async () => {
		const person = { 'phone.home': '+12025550123', phone: { home: '+12025550199' }, amount: 1 };

		const [{ json }] = await create({ ...CREATE, phoneNumber: "={{ $json['phone.home'] }}" }, [
			person,
		] as never);

		expect(json.phoneNumber).toBe('+12025550123');
	});

	test.each(['={{ $json.nothing }}', '={{ "many" }}', '={{ 1 / 0 }}', 0])(
		'goes up though the batch size is %p',
		async (batchSize) => {
			const items = await create({ ...CREATE, options: { batchSize } } as typeof CREATE);

			expect(states(items)).toEqual(['uploaded', 'uploaded', 'uploaded']);
		},
	);

	test.each([3_600_000, 9_999_999])(
		'goes up though %d seconds are more than a timer can wait',
		async (timeoutSeconds) => {
			world.simulator.options.latencyMs = 50;

			const items = await create({ ...CREATE, options: { timeoutSeconds } } as typeof CREATE);

			expect(states(items)).toEqual(['uploaded', 'uploaded', 'uploaded']);
		},
	);

	test('goes up though the time-out is no whole number of milliseconds', async () => {
		const options = { timeoutSeconds: 16.1 };

		const items = await create({ ...CREATE, options } as typeof CREATE);

		expect(states(items)).toEqual(['uploaded', 'uploaded', 'uploaded']);
	});

	test('goes up to the last contact though the batch size is no whole number', async () => {
		await create(inBatchesOf(1.16), people(30));

		expect(acceptedNumbers().sort()).toEqual(people(30).map(({ phone }) => phone));
	});

	describe('from a fixed list', () => {
		const listOf = (...phoneNumbers: string[]) =>
			({
				...CREATE,
				contactsFrom: 'list',
				contacts: {
					values: phoneNumbers.map((phoneNumber) => ({ phoneNumber, caseId: '', variables: '{}' })),
				},
			}) as typeof CREATE;
		const oneRejected = listOf('+12025550123', '+12025550124');
		const states = [
			{ phoneNumber: '+12025550123', state: 'uploaded' },
			{
				phoneNumber: '+12025550124',
				state: 'rejected',
				reason: 'Rejected by AI Rudder: blacklisted',
			},
		];

		const rejectTheSecond = () => {
			world.simulator.options.rejectContact = ({ callee }) =>
				callee.endsWith('124') ? 'blacklisted' : undefined;
		};

		test('the same number twice is sent once, and the second is reported', async () => {
			const numbers = listOf('+12025550123', '+1 202 555 0123', '+12025550124');

			const [{ json }] = await create(numbers, people(1));

			expect(json.contacts).toMatchObject([
				{ state: 'uploaded' },
				{ state: 'notSent', reason: expect.stringMatching(/same phone number/) },
				{ state: 'uploaded' },
			]);
			expect(acceptedNumbers()).toEqual(['+12025550123', '+12025550124']);
		});

		test('the same number twice is sent twice on request', async () => {
			const numbers = listOf('+12025550123', '+12025550123');

			await create({ ...numbers, options: { sendDuplicates: true } } as typeof CREATE, people(1));

			expect(acceptedNumbers()).toHaveLength(2);
		});

		test('one that is not taken is told with its task and the others, On Error set to continue', async () => {
			rejectTheSecond();

			const [item] = await create(oneRejected, people(1), { onError: 'continueRegularOutput' });

			expect(item).toEqual({
				json: {
					error: '1 of 2 contacts were not uploaded, or not for certain',
					reason: 'Rejected by AI Rudder: blacklisted',
					workflowId: world.simulator.acceptedContacts()[0].workflowId,
					taskName: 'Reminders',
					contacts: states,
				},
				pairedItem: { item: 0 },
			});
		});

		test('one that is not taken leaves by the error output with error and message alone', async () => {
			rejectTheSecond();

			const [{ json }] = await create(oneRejected, people(1), { onError: 'continueErrorOutput' });

			expect(Object.keys(json)).toEqual(['error', 'message']);
			expect(json.message).toMatchObject({ workflowId: expect.any(String), contacts: states });
		});

		test('one that is not taken ends the node, which names the task that now runs', async () => {
			rejectTheSecond();

			const { message, description } = await failure(oneRejected, world.credential, {
				items: people(1),
			});

			expect(message).toBe('1 of 2 contacts were not uploaded, or not for certain');
			expect(description).toContain(world.simulator.acceptedContacts()[0].workflowId);
			expect(description).toMatch(/Rejected by AI Rudder: blacklisted.*'On Error'/);
		});

		const ofEachItem = listOf('={{ $json.phone }}');

		test('nobody is sent when a later item spoils its own', async () => {
			const items = [...people(2), { phone: 'none', case: 'B', amount: 1 }];

			const error = await failure(ofEachItem, world.credential, { items });

			expect(error.context.itemIndex).toBe(2);
			expect(world.simulator.requests).toHaveLength(0);
		});

		test('an item that is spoilt costs only itself, On Error set to continue', async () => {
			const [first, second] = people(2);
			const items = [first, { phone: 'none', case: 'B', amount: 1 }, second];

			const results = await create(ofEachItem, items, goingOn);

			expect(results.map(({ json }) => Boolean(json.error))).toEqual([false, true, false]);
			expect(results.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2].map((item) => ({ item })),
			);
			expect(acceptedNumbers()).toEqual([first.phone, second.phone]);
		});

		test('a later task that fails ends the node, which counts those that now run', async () => {
			world.simulator.options.rejectContact = ({ callee }) =>
				callee === people(3)[2].phone ? 'blacklisted' : undefined;

			const { description } = await failure(ofEachItem, world.credential, { items: people(3) });

			expect(description).toMatch(/^Tasks of earlier items that were created: 2\. /);
		});

		test('what kept the task from being created is no reason any more once it is', async () => {
			world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'body-403', times: 1 });
			rejectTheSecond();
			const run = { ...goingOn, runData: newRunData() };

			const [first] = await create(oneRejected, people(1), run);
			const [second] = await create(oneRejected, people(1), run);

			expect(first.json.reason).toMatch(/does not allow this/);
			expect(second.json.reason).toBe('Rejected by AI Rudder: blacklisted');
		});

		test('a task that perhaps was created is told so, and not created again, from no template', async () => {
			world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'body-unknown' });
			const runData = newRunData();
			const run = (template: string) => {
				const templateId = { ...CREATE.templateId, value: template };
				return create({ ...oneRejected, templateId }, people(1), { ...goingOn, runData });
			};

			const [first] = await run('1001');
			await run('1002');

			expect(first.json).toMatchObject({
				error: 'The workflow task was not created, or not for certain',
				reason: expect.stringMatching(/code 77777.*may have taken it/),
				workflowId: null,
				contacts: [{ state: 'unknown' }, { state: 'unknown' }],
			});
			expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
			expectNobodyTwice();
		});
	});

	test('can be empty, to be filled by Contact: Add', async () => {
		const [task] = await create({ ...CREATE, contactsFrom: 'none' }, people(1));
		const added = await execute(
			{
				...CREATE,
				resource: 'contact',
				operation: 'add',
				workflowId: { __rl: true, mode: 'id', value: task.json.workflowId as string },
			},
			world.credential,
			{ items: people(3) },
		);

		expect(world.requestsOf('workflowTask:create')[0].body).not.toHaveProperty('details');
		expect(states(added)).toEqual(['uploaded', 'uploaded', 'uploaded']);
		expect(world.simulator.acceptedContacts(task.json.workflowId as string)).toHaveLength(3);
	});
});

describe('variables', () => {
	const item = [
		{ phone: '+12025550123', case: 'A', amount: 120.5, vip: true, nested: { a: 1 }, none: null },
	];
	const sent = () => world.simulator.acceptedContacts()[0].variables;

	test('come from every column that holds text, a number or yes/no', async () => {
		await create({ ...CREATE, variablesFrom: 'input' }, item as never);
		expect(sent()).toEqual({ phone: '+12025550123', case: 'A', amount: '120.5', vip: 'true' });
	});

	test('a time as case ID goes up as text', async () => {
		await create({ ...CREATE, caseId: '={{ $now.set({ year: 2026 }) }}' }, people(1));
		expect(world.simulator.acceptedContacts()[0].caseId).toMatch(/^2026-\d\d-\d\dT/);
	});

	test("of the same people may stand in AI Rudder's own form", async () => {
		const details = people(2).map(({ phone }) => ({ callee: phone, CaseID: 'A' }));
		const options = { additionalParameters: { details } };
		const results = await create({ ...CREATE, options } as typeof CREATE, people(2));
		expect(states(results)).toEqual(['uploaded', 'uploaded']);
		expect(world.requestsOf('workflowTask:create')[0].body).toMatchObject({ details });
	});

	test('and, for a task without contacts of the node, of anybody', async () => {
		const options = { additionalParameters: { details: [{ callee: '+12025550123' }] } };
		const none = { ...CREATE, contactsFrom: 'none', options } as typeof CREATE;
		const [{ json }] = await create(none, people(1));
		expect(json).toMatchObject({ workflowId: expect.any(String), contacts: [] });
		expect(acceptedNumbers()).toEqual(['+12025550123']);
	});

	test('and of a person who stands twice in the input, once', async () => {
		const options = { additionalParameters: { details: [{ callee: people(1)[0].phone }] } };
		const parameters = { ...CREATE, options } as typeof CREATE;
		const results = await create(parameters, [...people(1), ...people(1)]);
		expect(states(results)).toEqual(['uploaded', 'notSent']);
		expect(world.simulator.acceptedContacts()).toHaveLength(1);
	});

	test('come from the columns that are named', async () => {
		const parameters = { ...CREATE, variablesFrom: 'input', variableColumns: 'amount, vip' };
		await create(parameters, item as never);
		expect(sent()).toEqual({ amount: '120.5', vip: 'true' });
	});

	test('are left out where a named column is missing in a row, as of an empty cell', async () => {
		const items = [
			{ ...people(1)[0], due: '2026-03-02' },
			{ ...people(2)[1], due: undefined },
		].map(({ due, ...rest }) => (due ? { ...rest, due } : rest));
		const columns = { variablesFrom: 'input', variableColumns: 'amount, due' };
		const results = await create({ ...CREATE, ...columns } as typeof CREATE, items);
		expect(states(results)).toEqual(['uploaded', 'uploaded']);
		expect(world.simulator.acceptedContacts().map(({ variables }) => variables)).toEqual([
			{ amount: '0', due: '2026-03-02' },
			{ amount: '10' },
		]);
	});

	test('may be a part of a date that a node gives as an object', async () => {
		const variables = { values: [{ name: 'year', value: '={{ $json.due.year }}' }] };
		const items = [{ ...people(1)[0], due: DateTime.fromISO('2026-03-02') }];
		await create({ ...CREATE, variables } as typeof CREATE, items as never);
		expect(sent()).toEqual({ year: '2026' });
	});

	test('whose name is a phone number are refused without it', async () => {
		const variablesJson = '{ "+12025550123": [] }';
		const parameters = { ...CREATE, variablesFrom: 'json', variablesJson };
		const error = await failure(parameters, world.credential, { items: people(1) });
		expect(error.message).toBe("The variable '…123' is not text or a number");
	});

	test('that are named and no text are refused', async () => {
		const parameters = { ...CREATE, variablesFrom: 'input', variableColumns: 'amount, nested' };
		const error = await failure(parameters, world.credential, { items: item as never });
		expect(error.message).toBe("The variable 'nested' is not text or a number");
	});

	test.each(['fields', 'input', 'json'])(
		'and details that a node gives as date objects go up as the editor shows them: %s',
		async (variablesFrom) => {
			const due = '={{ $json.due }}';
			const parameters = {
				...CREATE,
				variablesFrom,
				variableColumns: 'due',
				variables: { values: [{ name: 'due', value: due }] },
				variablesJson: '={{ { due: $json.due } }}',
				contactDetails: { dueDate: due },
			};
			await create(parameters, [{ ...item[0], due: new Date('2026-03-02') }] as never);
			expect(world.requestsOf('workflowTask:create')[0].body).toMatchObject({
				details: [
					{
						variables: { due: '2026-03-02T00:00:00.000Z' },
						due_date: '2026-03-02T00:00:00.000Z',
					},
				],
			});
		},
	);

	test('come from a JSON field, typed in or given by an expression', async () => {
		const variablesJson = '={{ { amount: $json.amount, empty: null } }}';
		await create(
			{ ...CREATE, variablesFrom: 'json', variablesJson } as typeof CREATE,
			item as never,
		);
		expect(sent()).toEqual({ amount: '120.5', empty: '' });
	});

	test('that are no text are refused by name', async () => {
		const parameters = { ...CREATE, variablesFrom: 'json', variablesJson: '{"loan": {"id": 1}}' };
		const error = await failure(parameters, world.credential, { items: item as never });
		expect(error.message).toBe("The variable 'loan' is not text or a number");
	});

	test('and further details of the contact reach AI Rudder under its names', async () => {
		const contactDetails = {
			contactName: 'Will Smith',
			dueDate: '2026-03-02',
			morePhoneNumbers: '+12025550124, +1 202 555 0124, +12025550123, +12025550125',
		};
		await create({ ...CREATE, contactDetails } as typeof CREATE, item as never);
		expect(world.requestsOf('workflowTask:create')[0].body).toMatchObject({
			details: [
				{
					callee_name: 'Will Smith',
					due_date: '2026-03-02',
					extra: [{ Question: 'extend_callees', Content: '+12025550124,+12025550125' }],
				},
			],
		});
	});
});

describe('refused before anything is sent', () => {
	const refusal = async (changes: object, items: object[] = people(3)) =>
		await failure({ ...CREATE, ...changes }, world.credential, { items: items as never });

	afterEach(() => expect(world.simulator.requests).toHaveLength(0));

	test.each([
		['without +', '12025550123', "'Phone Number' is not a complete phone number (it ends in …123)"],
		[
			'with letters',
			'+1202555O123',
			"'Phone Number' is not a complete phone number (it ends in …123)",
		],
		['as a number', 12025550123, "'Phone Number' is not a complete phone number (it ends in …123)"],
		[
			'too long',
			'+12025550123456789',
			"'Phone Number' is not a complete phone number (it ends in …789)",
		],
		[
			'that a table took for an amount',
			'+12025550123.0',
			"'Phone Number' is not a complete phone number",
		],
		[
			'that a table took for an amount with three decimals',
			'+12025550123.000',
			"'Phone Number' is not a complete phone number (it ends in …000)",
		],
		[
			'that a table took for an amount, with a mark that copying brought',
			'\u202a+12025550123.0\u202c',
			"'Phone Number' is not a complete phone number",
		],
		[
			'with a digit that is not dialled',
			'+44 (0)20 7946 0123',
			"'Phone Number' is not a complete phone number (it ends in …123)",
		],
		['empty', '', "'Phone Number' is empty"],
		['missing', undefined, "'Phone Number' is empty"],
	])('a number %s, with item and field', async (_, phone, message) => {
		const error = await refusal({}, [...people(3), { phone }]);
		expect(error.message).toBe(message);
		expect(error.context.itemIndex).toBe(3);
		expect(error.description).toMatch(/with \+ and the country code/);
	});

	test.each([
		['2020-01-01T00:00:00', "'End Time' is in the past (2020-01-01 00:00:00+07:00)"],
		['', "'End Time' is not a date and time"],
		['soon', "'End Time' is not a date and time"],
	])('the end time "%s"', async (endTime, message) => {
		expect((await refusal({ endTime })).message).toBe(message);
	});

	test.each(['', 'soon', 1.5])('the number for Auto Finish "%s"', async (autoFinish) => {
		const error = await refusal({ options: { autoFinish } });
		expect(error.message).toBe("'Auto Finish' is not a whole number");
	});

	test('a missing template and a template that is no number', async () => {
		const template = (value: string) => ({ templateId: { __rl: true, mode: 'id', value } });
		expect((await refusal(template(''))).message).toBe("No 'Workflow Template' is chosen");
		expect((await refusal(template('abc'))).message).toBe(
			"'Workflow Template' is not the number of a template",
		);
	});

	test('an empty task name', async () => {
		expect((await refusal({ taskName: ' ' })).message).toBe("'Task Name' is empty");
	});

	test('a fixed list with nobody in it', async () => {
		const error = await refusal({ contactsFrom: 'list', contacts: {} });
		expect(error.message).toBe("'Contacts' is empty");
		expect(error.description).toMatch(/'None'/);
	});

	const tooMany = people(10_001).map(({ phone }) => ({ phoneNumber: phone }));

	test.each([
		['input items', {}, people(10_001)],
		['a fixed list', { contactsFrom: 'list', contacts: { values: tooMany } }, people(1)],
	])('more contacts than a task holds, from %s', async (_, changes, items) => {
		const error = await refusal(changes, items);
		expect(error.message).toMatch(/^One workflow task holds 10000 contacts, and these are 10001/);
	});

	test.each([
		['Case ID', { caseId: '={{ $json.nested }}' }],
		['Comments', { contactDetails: { comments: '={{ $json.nested }}' } }],
		['More Phone Numbers', { contactDetails: { morePhoneNumbers: '={{ [$json.phone] }}' } }],
	])('a list or an object as %s', async (field, changes) => {
		const error = await refusal(changes, [{ ...people(1)[0], nested: { a: 1 } }]);
		expect(error.message).toBe(`'${field}' is not text or a number`);
	});

	describe("contacts in AI Rudder's own form, which would take the place of", () => {
		const details = people(2).map(({ phone }) => ({ callee: phone }));
		const options = { additionalParameters: JSON.stringify({ details }), batchSize: 2 };
		const message =
			/^The contacts under 'Additional Parameters' \(details\) would take the place of/;

		test('other people', async () => {
			expect((await refusal({ options }, people(1))).message).toMatch(message);
		});

		test('each of several batches', async () => {
			expect((await refusal({ options: { ...options, batchSize: 1 } }, people(2))).message).toMatch(
				message,
			);
		});

		test('the contacts of each of several tasks', async () => {
			const add = { resource: 'contact', operation: 'add', options };
			const workflowId = { __rl: true, mode: 'id', value: '={{ $json.case }}' };
			expect((await refusal({ ...add, workflowId }, people(2))).message).toMatch(message);
		});

		test('a person who stands twice in the input and twice in these', async () => {
			const twice = JSON.stringify({ details: [details[0], details[0]] });
			const error = await refusal({ options: { additionalParameters: twice } }, [
				...people(1),
				...people(1),
			]);
			expect(error.message).toMatch(message);
		});

		test('each batch of a fixed list', async () => {
			const values = people(3).map(({ phone }) => ({ phoneNumber: phone }));
			const list = { contactsFrom: 'list', contacts: { values }, options };
			expect((await refusal(list, people(1))).message).toMatch(message);
		});
	});

	test.each(['items', 'list', 'none'])(
		'another task than that of the node, with contacts from %s',
		async (contactsFrom) => {
			const contacts = { values: [{ phoneNumber: people(1)[0].phone }] };
			const options = { additionalParameters: { workflow_id: 'w1' } };
			const error = await refusal({ contactsFrom, contacts, options });
			expect(error.message).toMatch(/^The task under 'Additional Parameters' \(workflow_id\)/);
		},
	);

	test.each(['[1]', '{"a": ', 'name'])('additional parameters that are %s', async (written) => {
		const error = await refusal({ options: { additionalParameters: written } });
		expect(error.message).toBe("'Additional Parameters' is not a JSON object");
	});
});

describe('the end time is understood', () => {
	test.each([
		['with an offset', '2099-01-31T18:00:00+02:00', '2099-01-31 23:00:00+07:00'],
		['as UTC', '2099-01-31T18:00:00Z', '2099-02-01 01:00:00+07:00'],
		['with a space', '2099-01-31 18:00:00', '2099-01-31 18:00:00+07:00'],
		[
			'as a Luxon time',
			"={{ DateTime.fromISO('2099-01-31T18:00:00Z') }}",
			'2099-02-01 01:00:00+07:00',
		],
		[
			'in a locale with other digits',
			"={{ DateTime.fromISO('2099-01-31T18:00:00Z').setLocale('bn') }}",
			'2099-02-01 01:00:00+07:00',
		],
		[
			'in a locale that names its digits',
			"={{ DateTime.fromISO('2099-01-31T18:00:00Z').setLocale('ar-u-nu-arab') }}",
			'2099-02-01 01:00:00+07:00',
		],
	])('%s', async (_, endTime, sent) => {
		await create({ ...CREATE, endTime }, people(1));
		expect(world.requestsOf('workflowTask:create')[0].body).toMatchObject({ end_time: sent });
	});

	test('relative to now', async () => {
		await create({ ...CREATE, endTime: "={{ $now.plus(1, 'day') }}" }, people(1));
		const { end_time: sent } = world.requestsOf('workflowTask:create')[0].body as {
			end_time: string;
		};
		const hours = DateTime.fromSQL(sent).diffNow('hours').hours;
		expect(Math.round(hours)).toBe(24);
	});
});

describe('with On Error set to continue, exactly the failed contacts are failed items', () => {
	const onError = 'continueRegularOutput' as const;

	test('those that the input spoils', async () => {
		const items = [...people(2), { phone: 'none', case: 'B', amount: 1 }];
		const results = await create(CREATE, items, { onError });
		expect(states(results)).toEqual(['uploaded', 'uploaded', 'notSent']);
		expect(results.map(({ json }) => Boolean(json.error))).toEqual([false, false, true]);
		expect(results[2].pairedItem).toEqual({ item: 2 });
	});

	test("those that AI Rudder rejects, with AI Rudder's reason", async () => {
		world.simulator.options.rejectContact = ({ callee }) =>
			callee.endsWith('10001') ? `blacklisted ${callee}` : undefined;
		const results = await create(inBatchesOf(2), people(5), { onError });
		expect(states(results)).toEqual(['uploaded', 'rejected', 'uploaded', 'uploaded', 'uploaded']);
		expect(results[1].json.reason).toBe('Rejected by AI Rudder: blacklisted …001');
		expect(results[1].pairedItem).toEqual({ item: 1 });
		expect(acceptedNumbers()).toHaveLength(4);
	});

	test('those of a batch that AI Rudder refuses as a whole; the others go up', async () => {
		world.simulator.faults.add({ operation: 'contact:add', kind: 'body-400', times: 1 });
		// More batches than are under way side by side, of which any may be the one.
		const results = await create(inBatchesOf(2), people(12), { onError });
		const failed = results.flatMap(({ json }, index) => (json.error ? [index] : []));
		expect(failed).toEqual([failed[0], failed[0] + 1]);
		expect(failed.map((index) => results[index].json.state)).toEqual(['rejected', 'rejected']);
		expect(states(results).filter((state) => state === 'uploaded')).toHaveLength(10);
		expect(acceptedNumbers()).toHaveLength(10);
	});

	test.each([
		['body-403', 'notSent'],
		['reset-after', 'unknown'],
	] as const)('all from the first batches that meet %s', async (kind, state) => {
		world.simulator.faults.add({ operation: 'contact:add', kind });
		const results = await create(inBatchesOf(2), people(20), { onError });
		const atATime = Array(6).fill(state);
		expect(states(results)).toEqual([
			...Array(2).fill('uploaded'),
			...atATime,
			...Array(12).fill('notSent'),
		]);
		expect(world.requestsOf('contact:add')).toHaveLength(3);
	});

	test('those of a batch of which AI Rudder rejects some and does not say whom', async () => {
		world.simulator.faults.add({ operation: 'contact:add', kind: 'rejects-somebody' });
		const results = await create(inBatchesOf(2), people(4), { onError });
		expect(states(results)).toEqual(['uploaded', 'uploaded', 'unknown', 'unknown']);
		expect(results[2].json.reason).toMatch(/rejected 1 contacts of this batch without naming them/);
	});

	test('those that are named in other digits than they were sent, besides some that are not named', async () => {
		const rejections = [
			{ callee: '1 202-555-10001', message: 'blacklisted' },
			{ callee: '120255510002' },
			{ message: 'full' },
			{ message: 'full' },
		];
		const data = { workflow_id: 'w1', detail_error_list: rejections };
		const { credential, close } = await vendor({ code: 200, data });

		const results = await execute(CREATE, credential, { items: people(4), onError });

		await close();
		expect(states(results)).toEqual(['unknown', 'rejected', 'rejected', 'unknown']);
		expect(results.map(({ json }) => json.reason)).toEqual([
			expect.stringMatching(/rejected 2 contacts of this batch without naming them/),
			'Rejected by AI Rudder: blacklisted',
			'Rejected by AI Rudder: {"callee":"…002"}',
			results[0].json.reason,
		]);
	});

	test('those that nobody knows of, after an answer was lost: nothing more is sent', async () => {
		world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'reset-after' });
		const results = await create(inBatchesOf(2), people(6), { onError });
		expect(states(results)).toEqual(['unknown', 'unknown', ...Array(4).fill('notSent')]);
		expect(results[0].json.reason).toMatch(/may have taken it/);
		expect(results[2].json.reason).toMatch(
			/^Not sent, because it is not known what became of another/,
		);
		expect(world.requestsOf('contact:add')).toHaveLength(0);
	});
});

test('for the error output a failed item holds nothing but error and message, as n8n demands', async () => {
	const items = [...people(1), { phone: 'none', case: 'B', amount: 1 }];
	const results = await create(CREATE, items, { onError: 'continueErrorOutput' });
	expect(results[1].json).toEqual({
		error: "'Phone Number' is not a complete phone number",
		message: { state: 'notSent', reason: expect.stringMatching(/with \+ and the country code/) },
	});
});

describe('the same number twice in the input', () => {
	const twice = [...people(2), ...people(1)];

	test('is sent once, and the second is reported', async () => {
		const results = await create(CREATE, twice);
		expect(states(results)).toEqual(['uploaded', 'uploaded', 'notSent']);
		expect(results[2].json).toMatchObject({
			duplicateOfItem: 0,
			reason: expect.stringMatching(/item 0/),
		});
		expect(acceptedNumbers()).toHaveLength(2);
	});

	test('of two copies sent, and one rejected, nobody knows which', async () => {
		const rejected: string[] = [];
		world.simulator.options.rejectContact = ({ callee }) => {
			if (callee !== twice[0].phone || rejected.push(callee) < 2) return undefined;
			return 'duplicate';
		};
		const options = { sendDuplicates: true };

		const results = await create({ ...CREATE, options } as typeof CREATE, twice, goingOn);

		expect(states(results)).toEqual(['unknown', 'uploaded', 'unknown']);
		expect(acceptedNumbers()).toHaveLength(2);
	});

	test('is sent twice on request', async () => {
		const options = { sendDuplicates: true };
		expect(states(await create({ ...CREATE, options } as typeof CREATE, twice))).toEqual(
			Array(3).fill('uploaded'),
		);
		expect(acceptedNumbers()).toHaveLength(3);
	});
});

/** Kind of fault, what the contacts of its batch are then, and how often the batch was sent. */
const FAULTS = [
	['http-429', 'uploaded', 2],
	['http-429-retry-after', 'uploaded', 2],
	['http-401', 'uploaded', 2],
	['body-401', 'uploaded', 2],
	['body-403', 'notSent', 1],
	['body-500', 'unknown', 1],
	['body-400', 'rejected', 1],
	['body-unknown', 'unknown', 1],
	['http-500', 'unknown', 1],
	['http-502', 'unknown', 1],
	['http-503', 'unknown', 1],
	['http-504', 'unknown', 1],
	['reset-before', 'unknown', 1],
	['reset-during', 'unknown', 1],
	['reset-after', 'unknown', 1],
	['timeout-before', 'unknown', 1],
	['timeout-after', 'unknown', 1],
	['truncated-json', 'unknown', 1],
	['html', 'unknown', 1],
	['redirect-other-host', 'unknown', 1],
	['slow-trickle', 'unknown', 1],
	['gzip', 'uploaded', 1],
	['wrong-content-type', 'uploaded', 1],
	['huge-answer', 'uploaded', 1],
] as const;

describe('one batch meets a fault, and Retry On Fail runs the node once more', () => {
	test.each(FAULTS)(
		'%s',
		async (kind, expected, sent) => {
			world.simulator.faults.add({ operation: 'contact:add', kind, times: 1 });
			const timeoutSeconds = /^timeout-|^slow-trickle$/.test(kind) ? 1 : 20;
			const parameters = { ...CREATE, options: { batchSize: 10, timeoutSeconds } };
			const run = { runData: newRunData(), onError: 'continueRegularOutput' as const };

			const first = await create(parameters as never, people(20), run);
			const seenByVendor = world.requestsOf('contact:add').length;
			const second = await create(parameters as never, people(20), run);

			expect(states(first)).toEqual([...Array(10).fill('uploaded'), ...Array(10).fill(expected)]);
			expect(seenByVendor).toBe(sent);
			// What is certainly unsent goes up in the second try, and nothing else does.
			const settled = expected === 'notSent' ? 'uploaded' : expected;
			expect(states(second)).toEqual([...Array(10).fill('uploaded'), ...Array(10).fill(settled)]);
			expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
			expectNobodyTwice();
			for (const { json } of first.filter(({ json }) => json.error)) {
				expect(JSON.stringify([json.error, json.reason])).not.toMatch(/20255510/);
			}
			expect(world.simulator.otherHost.requests).toHaveLength(0);
		},
		60_000,
	);
});

test('what AI Rudder says ends as a sentence before the hint where to see more', async () => {
	world.simulator.options.rejectContact = ({ callee }) =>
		callee.endsWith('10001') ? 'blacklisted' : undefined;
	const rejected = await failure(CREATE, world.credential, { items: people(5) });
	expect(rejected.description).toMatch(/blacklisted\. To see the state of each contact/);

	const templateId = { __rl: true, mode: 'id', value: '9999' };
	const refused = await failure({ ...CREATE, templateId }, world.credential, { items: people(1) });
	expect(refused.description).toMatch(/api-45238811\. To see the state of each contact/);
});

test('without On Error the node ends with counts, the reason and where to see each contact', async () => {
	world.simulator.faults.add({ operation: 'contact:add', kind: 'reset-after', times: 1 });

	const error = await failure(inBatchesOf(10), world.credential, { items: people(20) });

	expect(error.message).toBe(
		'10 of 20 contacts were not uploaded, or not for certain: 10 perhaps uploaded (10 uploaded)',
	);
	expect(error.description).toMatch(
		/connection to AI Rudder broke.*Workflow Task: Find.*'On Error'/,
	);
	expect(error.context.itemIndex).toBe(10);
});

test.each(['reset-after', 'empty-data', 'truncated-json'] as const)(
	'a task that may exist is not created again: %s',
	async (kind) => {
		world.simulator.faults.add({ operation: 'workflowTask:create', kind, times: 1 });
		const run = { items: people(3), runData: newRunData() };

		const first = await failure(CREATE, world.credential, run);
		await failure(CREATE, world.credential, run);

		expect(first.message).toMatch(/3 perhaps uploaded \(0 uploaded\)/);

		expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
		expectNobodyTwice();
	},
);

test('a task that was refused is created in a later try, with everybody', async () => {
	world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'body-400', times: 1 });
	const run = { ...goingOn, runData: newRunData() };

	const first = await create(inBatchesOf(2), people(3), run);
	const second = await create(inBatchesOf(2), people(3), run);

	expect(states(first)).toEqual(['notSent', 'notSent', 'notSent']);
	expect(states(second)).toEqual(['uploaded', 'uploaded', 'uploaded']);
	expect(acceptedNumbers()).toHaveLength(3);
});

test('a later try says why those were not sent whose task may exist', async () => {
	world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'reset-after', times: 1 });
	const run = { ...goingOn, runData: newRunData() };
	const first = await create(inBatchesOf(2), people(3), run);

	const second = await create(inBatchesOf(2), people(3), run);

	expect(states(second)).toEqual(['unknown', 'unknown', 'notSent']);
	expect(second).toEqual(first);
	expect(second[2].json.reason).toMatch(/not known what became of another request/);
});

test('who is on the way to AI Rudder is sent by no other try', async () => {
	world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'timeout-after', times: 1 });
	const run = { ...goingOn, runData: newRunData() };
	const first = create(CREATE, people(3), run);
	await until('the request', async () => world.requestsOf('workflowTask:create')[0]);

	const second = await create(CREATE, people(3), run);

	expect(states(second)).toEqual(['unknown', 'unknown', 'unknown']);
	expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
	await world.simulator.close();
	expect(states(await first)).toEqual(['unknown', 'unknown', 'unknown']);
});

describe('Retry On Fail, with a field that gives another value each time', () => {
	const addTo = (workflowId: unknown) =>
		({
			...CREATE,
			resource: 'contact',
			operation: 'add',
			workflowId: { __rl: true, mode: 'id', value: workflowId },
		}) as unknown as typeof CREATE;

	test('another task gets nobody of whom is not known whether the first has them', async () => {
		const [[first], [second]] = await Promise.all([create(CREATE), create(CREATE, people(1))]);
		const before = acceptedNumbers().length;
		const run = { items: [{ phone: '+12025550177', case: 'A', amount: 1 }], runData: newRunData() };
		world.simulator.faults.add({ operation: 'contact:add', kind: 'reset-after', times: 1 });
		await failure(addTo(first.json.workflowId), world.credential, run);

		const error = await failure(addTo(second.json.workflowId), world.credential, run);

		expect(error.message).toMatch(/not the same as in the first try/);
		expect(acceptedNumbers()).toHaveLength(before + 1);
	});

	test.each([
		['another template', { templateId: { ...CREATE.templateId, value: '1002' } }, 3],
		['other numbers', {}, 2],
	])('%s: no matter when nobody can have been taken', async (_, changes, count) => {
		const runData = newRunData();
		world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'body-400', times: 1 });
		await failure({ ...CREATE, ...changes }, world.credential, { items: people(count), runData });

		const corrected = await create(CREATE, people(3), { runData });

		expect(states(corrected)).toEqual(['uploaded', 'uploaded', 'uploaded']);
		expect(acceptedNumbers()).toHaveLength(3);
	});

	test('nor when AI Rudder took nobody into the first task', async () => {
		const runData = newRunData();
		world.simulator.options.rejectContact = () => 'blacklisted';
		await failure(CREATE, world.credential, { items: people(2), runData });
		world.simulator.options.rejectContact = undefined;
		const other = { ...CREATE, templateId: { ...CREATE.templateId, value: '1002' } };

		const second = await create(other, people(2), { runData });

		expect(states(second)).toEqual(['uploaded', 'uploaded']);
	});

	test('another variable is no matter: who was uploaded is told so, the others go up with it', async () => {
		const items = [{ phone: 'none', case: 'X', amount: 0 }, ...people(4)];
		const runData = newRunData();
		world.simulator.faults.add({ operation: 'contact:add', kind: 'body-403', times: 1 });
		const first = await create(inBatchesOf(2), items, { ...goingOn, runData });
		const changed = items.map((item) => ({ ...item, amount: 999 }));

		const second = await create(inBatchesOf(2), changed, { ...goingOn, runData });

		const uploaded = ['uploaded', 'uploaded'];
		expect(states(first)).toEqual(['notSent', ...uploaded, 'notSent', 'notSent']);
		expect(states(second)).toEqual(['notSent', ...uploaded, ...uploaded]);
		const amounts = world.simulator.acceptedContacts().map(({ variables }) => variables.amount);
		expect(amounts).toEqual(['0', '10', '999', '999']);
		expectNobodyTwice();
	});
});

test('that n8n cannot read its credential makes no untaken upload of one that perhaps was', async () => {
	const { data } = world.credential;
	Object.defineProperty(world.credential, 'data', {
		get() {
			if (world.requestsOf('workflowTask:create').length === 0) return data;
			throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
		},
		set: (renewed) => Object.assign(data, renewed),
	});
	world.simulator.faults.add({ operation: 'workflowTask:create', kind: 'body-500' });

	const error = await failure(CREATE, world.credential, { items: people(3) });

	expect(error.message).toMatch(/3 perhaps uploaded/);
	expect(error.description).toMatch(/could not process the request \(code 500\)\./);
	expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
});

describe('as the tool of an AI agent, where n8n counts each try as a run', () => {
	const asTool = (runIndex: number, runData = newRunData()) => ({
		type: 'aiRudderTool' as const,
		items: people(1),
		runIndex,
		runData,
	});

	test.each([
		['reset-after', 1],
		['body-unknown', 1],
		['reset-after', 0],
	] as const)(
		'Retry On Fail sends nobody a second time: %s, the second try as run %i',
		async (kind, runIndex) => {
			world.simulator.faults.add({ operation: 'workflowTask:create', kind, times: 1 });
			const { runData, ...first } = asTool(0);
			await failure(CREATE, world.credential, { ...first, runData });

			const error = await failure(CREATE, world.credential, asTool(runIndex, runData));

			expect(error.message).toMatch(/1 perhaps uploaded/);
			expect(acceptedNumbers()).toHaveLength(1);
		},
	);

	test('an agent that calls it again with the same contact has nobody dialled again', async () => {
		const { runData, ...first } = asTool(0);
		await execute(CREATE, world.credential, { ...first, runData });

		const [{ json }] = await execute(CREATE, world.credential, asTool(1, runData));

		expect(json.state).toBe('uploaded');
		expect(acceptedNumbers()).toHaveLength(1);
		expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
	});

	const call = (runIndex: number, item: object, changes: object, runData = newRunData()) =>
		execute({ ...CREATE, ...changes } as typeof CREATE, world.credential, {
			...asTool(runIndex, runData),
			items: [{ ...people(1)[0], ...item }],
			...goingOn,
		});

	test('calls at the same moment with the same contact have nobody dialled twice', async () => {
		const runData = newRunData();

		await Promise.all([call(0, {}, {}, runData), call(1, {}, {}, runData)]);

		expect(acceptedNumbers()).toHaveLength(1);
	});

	test('what AI Rudder refused may be sent again, corrected', async () => {
		const runData = newRunData();
		world.simulator.options.rejectContact = ({ variables }) =>
			variables?.amount === '0' ? 'amount missing' : undefined;

		const [first] = await call(0, {}, {}, runData);
		const [second] = await call(1, { amount: 50 }, {}, runData);

		expect([first.json.state, second.json.state]).toEqual(['rejected', 'uploaded']);
		expect(acceptedNumbers()).toHaveLength(1);
	});

	test('other details of a person who was sent already are not sent, and not said to be', async () => {
		const runData = newRunData();
		const [first] = await call(0, {}, {}, runData);

		const [second] = await call(1, { case: 'LOAN-9' }, {}, runData);

		expect(second.json).toMatchObject({
			caseId: 'LOAN-0',
			state: 'uploaded',
			reason: expect.stringMatching(/with other details: what this call adds was not sent/),
			workflowId: first.json.workflowId,
		});
		expect(acceptedNumbers()).toHaveLength(1);
	});

	test('Send Duplicates sends other details of the same person, and the same ones still once', async () => {
		const runData = newRunData();
		const twice = { options: { sendDuplicates: true } };
		await call(0, {}, twice, runData);
		await call(1, {}, twice, runData);

		const [third] = await call(2, { case: 'LOAN-9' }, twice, runData);

		expect(third.json).toMatchObject({ caseId: 'LOAN-9', state: 'uploaded' });
		expect(acceptedNumbers()).toHaveLength(2);
	});

	test('nor are they sent after other details, that were taken or not', async () => {
		const runData = newRunData();
		const twice = { options: { sendDuplicates: true } };
		world.simulator.options.rejectContact = ({ variables }) =>
			variables?.amount === '7' ? 'amount' : undefined;
		await call(0, {}, twice, runData);
		await call(1, { amount: 7 }, twice, runData);
		await call(2, { amount: 8 }, twice, runData);

		const [again] = await call(3, {}, twice, runData);

		expect(again.json).toMatchObject({ state: 'uploaded', caseId: 'LOAN-0' });
		expect(world.simulator.acceptedContacts().map(({ variables }) => variables.amount)).toEqual([
			'0',
			'8',
		]);
	});

	test('columns go up as variables if they are named, and none of what n8n adds to an input', async () => {
		const chat = { chatInput: 'Call Ada', sessionId: 's1', toolCallId: 'call_1' };
		const columns = { variablesFrom: 'input', variableColumns: 'amount' };
		const [named] = await call(0, chat, columns);
		const [unnamed] = await call(0, chat, { ...columns, variableColumns: '' });

		expect(named.json.state).toBe('uploaded');
		expect(unnamed.json).toMatchObject({
			state: 'notSent',
			reason: expect.stringMatching(/^'Columns to Send' is empty, and as the tool of an AI agent/),
		});
		expect(world.simulator.acceptedContacts().map(({ variables }) => variables)).toEqual([
			{ amount: '0' },
		]);
	});

	test("columns are those of the agent's input, as in every expression of a tool", async () => {
		const amount = { values: [{ name: 'amount', value: '={{ $json.amount }}' }] };

		const [{ json }] = await execute(
			{ ...CREATE, caseId: "={{ $fromAI('Case', '', 'string') }}", variables: amount },
			world.credential,
			{ ...asTool(0), items: [{ ...people(1)[0], amount: 50 }], toolInput: { Case: 'LOAN-7' } },
		);

		expect(json).toMatchObject({ state: 'uploaded', phoneNumber: people(1)[0].phone });
		expect(world.simulator.acceptedContacts()).toMatchObject([
			{ callee: people(1)[0].phone, caseId: 'LOAN-7', variables: { amount: '50' } },
		]);
	});

	const list = (...phoneNumbers: string[]) => ({
		contactsFrom: 'list',
		contacts: {
			values: phoneNumbers.map((phoneNumber) => ({ phoneNumber, caseId: '', variables: '{}' })),
		},
	});

	test('another list with one of the same people has them dialled once', async () => {
		const runData = newRunData();
		const [{ json: first }] = await call(0, {}, list('+12025550123', '+12025550124'), runData);

		const [{ json }] = await call(1, {}, list('+12025550123', '+12025550125'), runData);

		expect(json.contacts).toEqual([
			{ phoneNumber: '+12025550123', state: 'uploaded', workflowId: first.workflowId },
			{ phoneNumber: '+12025550125', state: 'uploaded' },
		]);
		expect(acceptedNumbers().sort()).toEqual(['+12025550123', '+12025550124', '+12025550125']);
	});

	test.each([
		['a task without contacts of its own', { contactsFrom: 'none' }, ['+12025550123']],
		[
			'a list with somebody who was sent',
			list('+12025550123', '+12025550124'),
			['+12025550123', '+12025550124'],
		],
	])("contacts in AI Rudder's own form are refused for %s", async (_, contacts, numbers) => {
		const runData = newRunData();
		const details = numbers.map((callee) => ({ callee }));
		const inOwnForm = { ...contacts, options: { additionalParameters: { details } } };
		await call(0, {}, list('+12025550123'), runData);

		const [again] = await call(1, {}, inOwnForm, runData);

		expect(again.json.error).toMatch(/^The contacts under 'Additional Parameters' \(details\)/);
		expect(acceptedNumbers()).toEqual(['+12025550123']);
	});

	test('the same list again is told as the first time', async () => {
		const runData = newRunData();
		const [{ json: first }] = await call(0, {}, list('+12025550123'), runData);

		const [{ json: second }] = await call(1, {}, list('+12025550123'), runData);

		expect(second).toEqual(first);
		expect(second.workflowId).toEqual(expect.any(String));
		expect(acceptedNumbers()).toHaveLength(1);
	});

	test('another template is another task for a list as well', async () => {
		const runData = newRunData();
		const other = { templateId: { ...CREATE.templateId, value: '1002' } };
		const [{ json: first }] = await call(0, {}, list('+12025550123'), runData);

		const [{ json }] = await call(1, {}, { ...list('+12025550123'), ...other }, runData);

		expect(json.workflowId).not.toBe(first.workflowId);
		expect(acceptedNumbers()).toEqual(['+12025550123', '+12025550123']);
	});

	test('another template is another task', async () => {
		const { runData, ...first } = asTool(0);
		const other = { ...CREATE, templateId: { ...CREATE.templateId, value: '1002' } };
		await execute(CREATE, world.credential, { ...first, runData });

		await execute(other, world.credential, asTool(1, runData));

		expect(world.requestsOf('workflowTask:create')).toHaveLength(2);
	});
});

test.each(['aiRudder', 'aiRudderTool'] as const)(
	"outside of an execution, as n8n's Agents run a node, %s sends nobody and says why",
	async (type) => {
		for (const contactsFrom of ['items', 'list']) {
			const contacts = { values: [{ phoneNumber: people(1)[0].phone }] };
			const step = { ...CREATE, contactsFrom, contacts } as typeof CREATE;
			const error = await failure(step, world.credential, {
				items: people(1),
				runData: createEmptyRunExecutionData(),
				...(type === 'aiRudderTool' && { type }),
			});

			expect(error.message).toMatch(/outside of an execution.* Nobody was called/);
		}
		expect(world.simulator.requests).toHaveLength(0);
	},
);

test.each([
	['perhaps', 'workflowTask:create', 'reset-after', {}],
	['certainly', 'contact:add', 'body-403', {}],
	['certainly', 'contact:add', 'body-403', { morePhoneNumbers: '+12025550199' }],
] as const)(
	'contacts that change after some were %s taken are not sent at all: %s, %s, %j',
	async (_, operation, kind, contactDetails) => {
		world.simulator.faults.add({ operation, kind, times: 1 });
		const runData = newRunData();
		await failure(inBatchesOf(10), world.credential, { items: people(20), runData });
		const taken = acceptedNumbers();
		const items = people('morePhoneNumbers' in contactDetails ? 20 : 21);

		const error = await failure({ ...inBatchesOf(10), contactDetails } as never, world.credential, {
			items,
			runData,
		});

		expect(error.message).toMatch(/not the same as in the first try/);
		expect(acceptedNumbers()).toEqual(taken);
	},
);

test('a batch that waits for its next try is not sent after an unclear failure of another', async () => {
	world.simulator.faults.add({ operation: 'contact:add', kind: 'reset-after', times: 1 });
	world.simulator.faults.add({
		operation: 'contact:add',
		kind: 'http-429-retry-after',
		times: 2,
		retryAfter: 3,
	});

	const results = await create(inBatchesOf(1), people(4), goingOn);

	expect(states(results).sort()).toEqual(['notSent', 'notSent', 'unknown', 'uploaded']);
	expect(world.requestsOf('contact:add')).toHaveLength(3);
});

test('after a cancelled execution the tasks that were not begun are told so', async () => {
	const cancel = new AbortController();
	world.simulator.options.latencyMs = 200;
	const contacts = { values: [{ phoneNumber: '+12025550123' }] };
	const list = { ...CREATE, contactsFrom: 'list', contacts } as typeof CREATE;
	const run = create(list, people(3), { ...goingOn, signal: cancel.signal });
	await until('the first task', async () => world.requestsOf('workflowTask:create')[0]);
	cancel.abort();

	const results = await run;

	const contactStates = results.map(({ json }) => json.contacts as Array<{ state: string }>);
	expect(contactStates.map(([{ state }]) => state)).toEqual(['unknown', 'notSent', 'notSent']);
	expect(results[1].json.reason).toMatch(/^The execution was cancelled before this was sent/);
	expect(world.requestsOf('workflowTask:create')).toHaveLength(1);
});

test('a cancelled execution sends nothing more', async () => {
	const cancel = new AbortController();
	world.simulator.options.latencyMs = 50;
	const run = execute(inBatchesOf(1), world.credential, {
		items: people(50),
		signal: cancel.signal,
		onError: 'continueRegularOutput',
	});
	setTimeout(() => cancel.abort(), 300);

	const results = await run;

	expect(states(results)).toContain('notSent');
	expect(acceptedNumbers().length).toBeLessThan(50);
	expectNobodyTwice();
});
