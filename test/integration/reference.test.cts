/** docs/reference.md says what the editor shows and what comes out. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { events } from '../../simulator/events/index.cts';
import { sampleScene } from '../../simulator/sample.cts';
import { byId, dialled } from './support/dialled.cts';
import { expectDocumented } from './support/documented.cts';
import { execute } from './support/n8n.cts';
import { reference } from './support/reference.cts';
import { CREATE, people, simulated } from './support/simulated.cts';
import { Instance } from './support/trigger.cts';

const FILE = join(__dirname, '../../docs/reference.md');

const world = simulated();

async function operationExamples(): Promise<Array<[string, IDataObject]>> {
	const called = await dialled(world, { templateId: '1003' });
	const checked = await dialled(world, { templateId: '1002' });
	const workflowId = byId(called.workflowId);
	const { phone: phoneNumber, caseId, callId } = called.answered;
	const apiNode = called.workflow.nodes.find(({ type }) => type === 'api');
	const contact = { phoneNumber: CREATE.phoneNumber, caseId: CREATE.caseId };
	const parameters: Record<string, INodeParameters> = {
		'call:get': { callId },
		'call:getByContact': { workflowId, phoneNumber },
		'contact:add': { workflowId, ...contact },
		'contact:cancel': { workflowId, phoneNumber },
		'contact:update': { workflowId, caseId, contactDetails: { comments: 'Moved house' } },
		'customApiNode:verifyPush': { workflowId, nodeId: apiNode?.id ?? '', phoneNumber },
		'outboundTask:getAll': { workflowId },
		'outboundTask:getCalls': { taskId: byId(called.taskId) },
		'outboundTask:getCallsInfoCheck': { taskId: byId(checked.taskId) },
		'recording:getAll': { workflowId, phoneNumber },
		'wabaTask:getAll': { workflowId },
		'wabaTask:getMessages': { workflowId, wabaTaskId: byId(called.wabaTaskId) },
		'workflowTask:create': CREATE,
		'workflowTask:find': { phoneNumber, endTime: '={{ $now.plus(2, "day") }}' },
		'workflowTask:getAll': {},
		'workflowTask:getSubtasks': { workflowId },
		'workflowTask:stop': { workflowId },
		'workflowTemplate:getAll': {},
	};
	const examples: Array<[string, IDataObject]> = [];
	for (const [name, fields] of Object.entries(parameters)) {
		const [resource, operation] = name.split(':');
		const uploads = name === 'contact:add' || name === 'workflowTask:create';
		const items = await execute({ resource, operation, ...fields }, world.credential, {
			items: uploads ? people(1) : [{}],
		});
		examples.push([name, items[0].json]);
	}
	return examples;
}

async function eventExamples(): Promise<Array<[string, IDataObject]>> {
	const n8n = new Instance();
	const { options } = world.simulator;
	const payloads: Array<[string, IDataObject]> = [
		...Object.entries(events).map(([name, { build }]): [string, IDataObject] => [
			name,
			build(sampleScene(name as keyof typeof events, 1, 1), options) as IDataObject,
		]),
		['unknown', { anything: 'as it came' }],
	];
	const examples: Array<[string, IDataObject]> = [];
	for (const [name, payload] of payloads) {
		const { items } = await n8n.post(payload);
		expect(items[0].json.event).toBe(name);
		examples.push([name, items[0].json]);
	}
	return examples;
}

/** What two runs have in common: all but the values in the examples. */
const skeleton = (text: string): string[] =>
	text
		.split('\n')
		.filter((line) => !/^ {3,}|^ {2}[\]}]|^[{}]$/.test(line))
		.map((line) => line.replace(/^( {2}"\w+": ).*/, '$1…'));

test('the reference is true', async () => {
	const ofEvents = await eventExamples();
	const examples = new Map([...(await operationExamples()), ...ofEvents]);
	const {
		event: _event,
		eventId: _id,
		receivedAt: _at,
		...call
	} = new Map(ofEvents).get('callCompletion') ?? {};
	examples.set('contact:callAndWait', { ...call, timedOut: false });
	examples.set('recording:download', {
		callId: String(call.callId),
		recordingUrl: 'https://files.example/recordings/call.wav',
		fileName: 'call.wav',
		mimeType: 'audio/wav',
		bytes: 64_044,
	});
	const written = reference(examples);
	if (process.env.UPDATE_REFERENCE === '1') writeFileSync(FILE, written);

	expect(skeleton(readFileSync(FILE, 'utf8'))).toEqual(skeleton(written));
	// These two are put together here; the others are checked where they are tested.
	for (const name of ['contact:callAndWait', 'recording:download']) {
		const [resource, operation] = name.split(':');
		expectDocumented({ resource, operation }, [{ json: examples.get(name) ?? {} }]);
	}
}, 60_000);
