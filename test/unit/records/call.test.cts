import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { callRecord } from '../../../nodes/AiRudder/records/call.ts';
import notice from '../../vendor-examples/call-completion.webhook.json';

const [example] = notice.Details;

test("the vendor's example of a call notice in our shape", () => {
	expect(callRecord(example, notice)).toEqual({
		workflowId: '16e0660e6cxxxxxxxxxxxxxxxx0abfe0e191',
		workflowName: 'test_wf_call_webhook1',
		nodeTaskId: '4d308b4ed6xxxxxxxxed6a76e15d',
		nodeTaskName: 'Voicebot Call1_f405f7',
		taskId: '490d5ec3c1xxxxxxxx2b759b5b',
		taskName: 'wf_test_wf_call_webhook_Voicebot Call1_26bcf0',
		callId: 'cad907xxxxxxxx35644a',
		caseId: '7777777.0',
		phoneNumber: '+86xxxxxxxx721',
		status: 'finished',
		answered: true,
		startedAt: '2024-03-11T03:20:30.000Z',
		endedAt: '2024-03-11T03:20:56.000Z',
		startedAtLocal: null,
		endedAtLocal: null,
		talkSeconds: 26,
		ringSeconds: 5,
		ringResult: 'Rang',
		intention: 'E',
		intentionDescription: 'Needs Follow Up',
		hangup: 'bot',
		dialCount: 2,
		talkRounds: 0,
		callerNumber: '+95xxxxxxxx88',
		robotId: '4585',
		labels: {
			A0: 'A0',
			Correct_Person: 'identity_correct_person',
			Request_Installment: 'action_item_request_installment',
		},
		slots: { PaymentMethod: 'Transfer', PaymentTime: 'Time_0' },
		promiseToPay: null,
		agreedToWhatsApp: null,
		transcript: [
			{ at: '00:00:00', speaker: 'bot', text: 'halo (jeda 1-2 detik) selamat pagi' },
			{ at: '00:00:03', speaker: 'bot', text: 'Apa boleh minta waktunya sebentar?' },
			{ at: '00:00:11', speaker: 'bot', text: 'Halo' },
			{ at: '00:00:13', speaker: 'bot', text: 'mengapa tidak berbicara?' },
			{ at: '00:00:18', speaker: 'bot', text: 'Halo? Apa suara saya terdengar?' },
		],
		redials: [
			{
				callId: 'cb035452180xxxxxxxxb2c7db',
				phoneNumber: '+86xxxxxxxx01',
				callerNumber: '+950xxxxxxxx88',
				startedAtLocal: '2024-03-11 10:19:27',
				ringSeconds: 2,
				ringResult: 'Rang',
				hangupType: 'ByCallee',
				intention: 'F',
			},
		],
		questionAnswers: [],
		variables: { var1: 'aaa', var2: 'bbb', var3: 'ccc' },
		contact: {
			name: 'WILL SMITH',
			gender: null,
			platformName: 'AIRUDDER',
			comments: '7777777.0',
			borrowedDate: '2024-02-01',
			dueDate: '2024-03-02',
			borrowedAmount: '20000.00',
			totalOwingAmount: '20310.00',
			currencyUnit: 'USD',
			extraA: null,
			extraB: null,
			extraC: null,
		},
		recordingUrl: null,
		otherFields: { id: 2123875204 },
	});
});

describe('whether a call was answered', () => {
	const times = (CallStartTime: unknown, CallEndTime: unknown, Status = 'finished') =>
		callRecord({ ...example, CallStartTime, CallEndTime, Status });

	test('both times equal: not answered, and who hung up says nothing', () => {
		expect(times('2024-03-11T03:20:30Z', '2024-03-11T03:20:30Z')).toMatchObject({
			answered: false,
			talkSeconds: 0,
			hangup: null,
		});
	});

	test.each([
		['', '', 'cancelled', false],
		[null, null, 'failed', false],
		['', '', 'pending', null],
		['', '', 'finished', null],
		['yesterday', 'today', 'finished', null],
	])('times %p and %p, status %s: %p', (start, end, status, answered) => {
		expect(times(start, end, status).answered).toBe(answered);
	});

	test('local times are kept as local, and their distance counts all the same', () => {
		expect(times('2024-03-12 14:54:26', '2024-03-12 14:54:52')).toMatchObject({
			answered: true,
			talkSeconds: 26,
			startedAt: null,
			startedAtLocal: '2024-03-12 14:54:26',
		});
	});

	test('local times are not those of this machine: its summer time changes nothing', () => {
		const times = [
			['2026-10-25 02:59:50', '2026-10-25 03:00:10'],
			['2026-03-29 02:30:00', '2026-03-29 03:00:10'],
			['2026-03-29T02:30:00', '2026-03-29T03:00:10'],
		];
		const script = `
			const { callRecord } = require('./call.ts');
			const seconds = ([CallStartTime, CallEndTime]) =>
				callRecord({ CallStartTime, CallEndTime }).talkSeconds;
			console.log(JSON.stringify(${JSON.stringify(times)}.map(seconds)));`;
		const said = execFileSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], {
			cwd: join(__dirname, '../../../nodes/AiRudder/records'),
			env: { ...process.env, TZ: 'Europe/Berlin' },
		});
		expect(JSON.parse(String(said))).toEqual([20, 1810, 1810]);
	});
});

test('nothing is lost: unknown fields, and known ones of another type, stay in otherFields', () => {
	const row = {
		NewField: { a: 1 },
		RobotID: ['x'],
		AsrResult: 'n/a',
		NerSlots: 'none',
		Multi_intention: { a: 1 },
	};

	expect(callRecord(row)).toMatchObject({
		otherFields: row,
		transcript: [],
		slots: {},
		robotId: null,
	});
});

test('nothing is lost: of two spellings the second stays in otherFields, unless it says the same', () => {
	const row = { CalleeName: 'A', callee_name: 'B', CaseID: '1', case_id: '1' };

	expect(callRecord(row)).toMatchObject({ caseId: '1', contact: { name: 'A' } });
	expect(callRecord(row).otherFields).toEqual({ callee_name: 'B' });
});

describe('nothing is lost of the rows within a call', () => {
	const odd = { CallID: 'r1', RingTime: 'soon', caller_number: ['x'], Attempt: 2 };
	const plain = { CallID: 'r2', RingTime: 3, HangupType: '' };

	test.each(['RedailCall', 'redial_call'])('a redial in %s', (field) => {
		const { redials, otherFields } = callRecord({ [field]: [odd, plain] });

		expect(redials).toMatchObject([
			{
				...{ callId: 'r1', ringSeconds: null, callerNumber: null },
				otherFields: { RingTime: 'soon', caller_number: ['x'], Attempt: 2 },
			},
			{ callId: 'r2', ringSeconds: 3, hangupType: null },
		]);
		expect(redials[1]).not.toHaveProperty('otherFields');
		expect(otherFields).toEqual({});
	});

	test('of two spellings in a redial', () => {
		const { redials } = callRecord({ RedailCall: [{ call_id: 'b', CallID: 'a', ring_time: 1 }] });

		expect(redials).toMatchObject([{ callId: 'a', ringSeconds: 1, otherFields: { call_id: 'b' } }]);
	});

	test.each(['AsrResult', 'asr_result'])('a line in %s', (field) => {
		const { transcript, otherFields } = callRecord({
			[field]: [
				{ time: '00:00:01', robottext: 'Hello', text: 'Yes', tone: 'calm' },
				{ time: '00:00:02', robottext: { html: 'Bye' }, text: 'Bye' },
				{ time: '00:00:03', robottext: '', text: '' },
			],
		});

		expect(transcript).toEqual([
			{ at: '00:00:01', speaker: 'bot', text: 'Hello', otherFields: { tone: 'calm' } },
			{ at: '00:00:01', speaker: 'contact', text: 'Yes' },
			{
				...{ at: '00:00:02', speaker: 'contact', text: 'Bye' },
				otherFields: { robottext: { html: 'Bye' } },
			},
		]);
		expect(otherFields).toEqual({});
	});

	test('a row that makes no line: it stays with the call, and the transcript stays readable', () => {
		const AsrResult = [
			{ time: '00:00:01', robottext: 'Hello', text: '' },
			{ time: '00:00:02', robottext: '', text: '', tone: 'calm' },
		];

		expect(callRecord({ AsrResult })).toMatchObject({
			transcript: [{ at: '00:00:01', speaker: 'bot', text: 'Hello' }],
			otherFields: { AsrResult },
		});
	});
});

test.each(['ByRouter', 'constructor', '__proto__'])(
	'a word of the vendor that is not known comes as it is: %s',
	(word) => {
		const row = { ...example, RingType: word, HangupType: word };
		expect(callRecord(row)).toMatchObject({ ringResult: word, hangup: word });
	},
);

test('of a time with a zone and one without nobody can tell the distance', () => {
	const start = '2024-03-11 10:20:30';
	const end = '2024-03-11T03:20:56Z';
	const mixed = { answered: null, talkSeconds: null };
	expect(callRecord({ CallStartTime: start, CallEndTime: end })).toMatchObject(mixed);
	expect(callRecord({ CallStartTime: end, CallEndTime: start })).toMatchObject(mixed);
});

test('IDs that come as numbers are text', () => {
	expect(callRecord({ RobotID: 4585, CaseID: 17 })).toMatchObject({
		robotId: '4585',
		caseId: '17',
	});
});

test.each(['callee', 'caller'])(
	'no field of ours is called %s, which n8n refuses in expressions',
	(name) => {
		expect(JSON.stringify(callRecord(example, notice))).not.toContain(`"${name}":`);
	},
);
