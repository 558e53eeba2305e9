/** The trigger and the executions that wait for an outcome: n8n's side is a server that answers as told. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AiRudder } from '../../nodes/AiRudder/AiRudder.node.ts';
import { sign } from '../../simulator/index.cts';
import { n8nAddress, storedCredential } from './support/n8n.cts';
import { Instance } from './support/trigger.cts';

const SIGNATURE = 'ab'.repeat(32);
const REFERENCE = `12.${SIGNATURE}.0123abcd`;

interface Posted {
	url?: string;
	body: { reference: string; call: Record<string, unknown> };
}

const RESUMED = [200, { resumed: true }] as const;
const RUNNING = [409, { message: 'The execution "12" is running already.' }] as const;
const REFUSED = [401, { error: 'Invalid token' }] as const;
/** The connection breaks. */
const BROKEN_OFF = [0, {}] as const;
const GONE = [404, {}] as const;
const FINISHED = [409, { message: 'The execution "12 has finished already.' }] as const;

let server: Server;
let posted: Posted[];
/** One after the other; the last one for all that follow. None: no answer at all. */
let answers: ReadonlyArray<readonly [status: number, body: object, headers?: object]>;

beforeEach(async () => {
	posted = [];
	answers = [RESUMED];
	server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk: Buffer) => (text += chunk.toString()));
		request.on('end', () => {
			const answer = answers[Math.min(posted.length, answers.length - 1)];
			posted.push({ url: request.url, body: JSON.parse(text) as Posted['body'] });
			if (answer === BROKEN_OFF) request.socket.destroy();
			if (!answer || answer === BROKEN_OFF) return;
			const [status, body, headers] = answer;
			response.writeHead(status, { 'content-type': 'application/json', ...headers });
			response.end(JSON.stringify(body));
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	n8nAddress.waiting = `http://127.0.0.1:${port}/webhook-waiting`;
});

afterEach(() => {
	server.closeAllConnections();
	server.close();
});

const call = (row: object = {}) => ({
	CalleeNumber: '+12025550100',
	CallID: 'call-1',
	CaseID: 'LOAN-1',
	Status: 'finished',
	Variables: { name: 'Sample', n8n_ref: REFERENCE },
	...row,
});

const notice = (...Details: object[]) => ({ TaskID: 't1', Sign: sign('t1', 'airudder'), Details });

const leaveOut = () => new Instance({ parameters: { options: { awaitedCalls: 'leaveOut' } } });

async function until(condition: () => boolean): Promise<void> {
	for (const end = Date.now() + 10_000; !condition() && Date.now() < end; ) await sleep(20);
	expect(condition()).toBe(true);
}

test('the outcome goes to the execution of its reference, and starts the flow as well', async () => {
	const n8n = new Instance();

	const answer = await n8n.post(notice(call()));

	expect(answer).toMatchObject({ status: 200, body: {} });
	expect(n8n.items).toMatchObject([{ callId: 'call-1' }]);
	await until(() => posted.length === 1);
	const [{ url, body }] = posted;
	expect(url).toBe(`/webhook-waiting/12/airudder-call-outcome?signature=${SIGNATURE}`);
	expect(body.reference).toBe(REFERENCE);
	expect(body.call).toMatchObject({ callId: 'call-1', caseId: 'LOAN-1', status: 'finished' });
});

test('n8n takes it at the node that waits for it, and at no other of the execution', async () => {
	const [{ path, httpMethod, restartWebhook }] = new AiRudder().description.webhooks ?? [];

	await new Instance().post(notice(call()));

	await until(() => posted.length === 1);
	const [, ...ends] = new URL(`http://n8n${posted[0].url}`).pathname.split('/12');
	expect(ends).toEqual([`/${path}`]);
	expect({ httpMethod, restartWebhook }).toEqual({ httpMethod: 'POST', restartWebhook: true });
	// n8n's Wait node waits at the address without a path.
	expect(path).not.toBe('');
});

test.each([
	['is not stored as waiting yet', RUNNING],
	['is signed later', REFUSED],
	['cannot be looked up', [500, {}] as const],
	['meets a limit of requests', [429, {}] as const],
	['is on an n8n that ends', BROKEN_OFF],
])('it is handed over again where the execution %s', async (_, answer) => {
	answers = [answer, RESUMED];

	await new Instance().post(notice(call()));

	await until(() => posted.length === 2);
	await sleep(1_000);
	expect(posted).toHaveLength(2);
});

test('an execution that does not come to wait does not keep AI Rudder waiting', async () => {
	answers = [RUNNING];
	const n8n = leaveOut();

	expect((await n8n.post(notice(call()))).status).toBe(200);

	expect(n8n.items).toHaveLength(1);
	answers = [GONE];
	const { length } = posted;
	await until(() => posted.length > length);
}, 20_000);

test.each([
	['the execution is gone', GONE],
	['the wait has ended', FINISHED],
	['another call is awaited', [200, { resumed: false }] as const],
	["n8n's own address turns it away", [403, {}] as const],
	["n8n's own address leads elsewhere", [307, {}, { location: '/elsewhere' }] as const],
])('nothing is repeated where %s, and the flow starts after all', async (_, answer) => {
	answers = [answer];
	const n8n = leaveOut();

	await n8n.post(notice(call()));

	expect(n8n.items).toHaveLength(1);
	await sleep(500);
	expect(posted).toHaveLength(1);
});

test('what an execution has taken starts no flow, though n8n could not store the rest at first', async () => {
	answers = [RESUMED, FINISHED];
	const n8n = leaveOut();
	const both = notice(call({ CallID: 'awaited' }), call({ CallID: 'other', Variables: {} }));
	n8n.store = async () => await Promise.reject(new Error('the disk is full'));
	expect((await n8n.post(both)).status).toBe(500);
	n8n.store = async () => {};

	expect((await n8n.post(both)).status).toBe(200);

	expect(n8n.items.map(({ callId }) => callId)).toEqual(['other']);
	expect(posted).toHaveLength(1);
});

test('a forged reference is given up after a minute', async () => {
	answers = [REFUSED];
	const n8n = leaveOut();
	const answer = n8n.post(notice(call()));
	await until(() => posted.length >= 2);
	const aMinuteLater = Date.now() + 60_000;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => aMinuteLater);

	await answer;

	clock.mockRestore();
	expect(n8n.items).toHaveLength(1);
	const { length } = posted;
	expect(length).toBeLessThanOrEqual(3);
	await sleep(2_000);
	expect(posted).toHaveLength(length);
}, 20_000);

test('an execution that does not come to wait is given up after five minutes', async () => {
	answers = [RUNNING];
	await new Instance().post(notice(call()));
	await until(() => posted.length >= 1);
	const later = Date.now() + 5 * 60_000;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
	await sleep(1_000);
	clock.mockRestore();
	const { length } = posted;

	await sleep(2_000);

	expect(posted).toHaveLength(length);
}, 20_000);

test.each(['finished', 'Cancelled', 'failed'])(
	'a call that is %s ends the wait',
	async (Status) => {
		await new Instance().post(notice(call({ Status })));

		await until(() => posted.length === 1);
		expect(posted[0].body.call.status).toBe(Status);
	},
);

test('its variables come under names that expressions can reach', async () => {
	const Variables = { caller: 'Example Bank', n8n_ref: REFERENCE };

	await new Instance().post(notice(call({ Variables })));

	await until(() => posted.length === 1);
	expect(posted[0].body.call.variables).toEqual({ callerData: 'Example Bank', n8n_ref: REFERENCE });
});

test('left out is what an execution has taken, and nothing else of the notice', async () => {
	const n8n = leaveOut();
	const other = call({ CallID: 'call-2', Variables: { name: 'Sample' } });

	await n8n.post(notice(call(), other));
	const { status, body } = await n8n.post(notice(call({ CallID: 'call-3' })));

	expect(n8n.items).toMatchObject([{ callId: 'call-2' }]);
	expect({ status, body }).toEqual({ status: 200, body: {} });
	expect(posted).toHaveLength(2);
});

test.each([
	['as case ID', { CaseID: REFERENCE }],
	['as case ID, spelled as in a push', { CaseID: null, case_id: REFERENCE }],
	['among variables, spelled as in a push', { variables: { n8n_ref: REFERENCE } }],
])('a reference that travels %s', async (_, fields) => {
	await new Instance().post(notice(call({ Variables: null, ...fields })));

	await until(() => posted.length === 1);
	expect(posted[0].body.reference).toBe(REFERENCE);
});

test('a reference that comes back with blanks around it', async () => {
	await new Instance().post(notice(withReference(` ${REFERENCE}\n`)));

	await until(() => posted.length === 1);
	expect(posted[0].body.reference).toBe(REFERENCE);
});

test('a call that is not in a list', async () => {
	await new Instance().post({ ...notice(), Details: call() });

	await until(() => posted.length === 1);
	expect(posted[0].body).toMatchObject({ reference: REFERENCE, call: { callId: 'call-1' } });
});

test('an n8n that does not answer does not keep AI Rudder waiting', async () => {
	answers = [];

	const { status } = await new Instance().post(notice(call()));

	expect(status).toBe(200);
	await until(() => posted.length === 1);
	// A try alone is given up after 30 seconds.
}, 20_000);

test('a repeated notice is not handed over again', async () => {
	const n8n = new Instance();

	await n8n.post(notice(call()));
	await n8n.post(notice(call()));

	await sleep(500);
	expect(posted).toHaveLength(1);
});

const withReference = (n8n_ref: unknown) => call({ Variables: { n8n_ref } });

test.each([
	['a state that may change', call({ Status: 'pending' })],
	['no state', call({ Status: null })],
	['another host', withReference(`12.${SIGNATURE}@example.com`)],
	['another path', withReference(`../12.${SIGNATURE}.0123abcd`)],
	['more of a query', withReference(`12.${SIGNATURE}.0123abcd&x=1`)],
	['a number', withReference(12)],
])('%s resumes nothing', async (_, row) => {
	const n8n = new Instance();

	await n8n.post(notice(row));

	expect(n8n.items).toHaveLength(1);
	await sleep(300);
	expect(posted).toEqual([]);
});

test('an unsigned notice resumes nothing, even where unsigned notices are let in', async () => {
	const unchecked = { options: { checkSignature: false } };
	const forged = { ...notice(call()), Sign: 'forged' };
	const n8n = new Instance({ parameters: unchecked });

	expect((await new Instance().post(forged)).status).toBe(401);
	expect((await n8n.post(forged)).status).toBe(200);
	expect(n8n.items).toHaveLength(1);
	await sleep(300);
	expect(posted).toEqual([]);

	await n8n.post(notice(call({ CallID: 'call-4' })));
	await until(() => posted.length === 1);
});

test('nor does a notice that carries no signature at all', async () => {
	const n8n = new Instance();

	await n8n.post({ workflow_id: 'w', status: 'finished', actions: [], CaseID: REFERENCE });

	expect(n8n.items).toMatchObject([{ event: 'workflowStatus', status: 'finished' }]);
	await sleep(300);
	expect(posted).toEqual([]);
});

describe.each(['whenStored', 'immediately'])('Respond: %s, after an error', (respond) => {
	/** A credential that n8n cannot read at first, which only an outcome that is awaited asks for. */
	function failingOnce() {
		const { id, data } = storedCredential({ appKey: 'key', appSecret: 'secret', baseUrl: '' });
		let reads = 0;
		const credential = {
			id,
			get data() {
				if (++reads === 1) throw new Error('SQLITE_BUSY: database is locked');
				return data;
			},
		};
		return new Instance({
			credential,
			parameters: { options: { respond, checkSignature: false } },
		});
	}

	const plain = (CallID: string) => call({ CallID, Variables: null });
	const calls = (n8n: Instance) => n8n.items.map(({ callId }) => callId);

	test('the repeat brings all calls, once', async () => {
		const n8n = failingOnce();
		const both = notice(call(), plain('call-2'));

		await expect(n8n.post(both)).rejects.toThrow('locked');
		expect((await n8n.post(both)).status).toBe(200);
		expect((await n8n.post(both)).status).toBe(200);

		expect(calls(n8n)).toEqual(['call-1', 'call-2']);
		await until(() => posted.length === 1);
	});

	test('a copy that came at the same time brings them', async () => {
		const n8n = failingOnce();

		const ends = await Promise.allSettled(
			Array.from({ length: 50 }, () => n8n.post(notice(call()))),
		);

		expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1);
		expect(calls(n8n)).toEqual(['call-1']);
	});

	test('what another notice leaves beside the workflow meanwhile does not hold them', async () => {
		const n8n = failingOnce();
		const failing = n8n.post(notice(call()));
		const other = n8n.post(notice(plain('call-2')));

		await expect(failing).rejects.toThrow('locked');
		await other;
		await sleep(50);
		await n8n.post(notice(call()));

		expect(calls(n8n)).toEqual(['call-2', 'call-1']);
	});
});
