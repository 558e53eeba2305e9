import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { apiNodePushRecord, recordOfPush } from '../records/apiNodePush';
import { isPayload, object, text, type Payload } from '../records/read';
import { AiRudderClient } from '../transport/client';
import type { Refusal } from './answers';
import type { WebhookEvent } from './events/event';
import type { Notice } from './notice';
import { passed } from './outcome';
import type { TriggerSettings } from './settings';

/** Well below the 10 seconds that AI Rudder waits for the answer to its push. */
const LONGEST_CHECK_MS = 5_000;

const MOST_DIFFERENCES = 10;

/** What AI Rudder says about a push. */
export interface Verification {
	verified: boolean;
	/** What differs, or why AI Rudder could not be asked; without values. */
	problems: string[];
	/** The vendor's own record of the contact, if there is one. */
	record: { simplified: Payload; raw: Payload } | null;
	/** Whether asking again later may help. */
	undecided: boolean;
}

/** Asks AI Rudder whether a push is its own, if the user wants that. */
export async function verifyPush(
	context: IWebhookFunctions,
	{ payload }: Notice,
	event: WebhookEvent,
	settings: TriggerSettings,
): Promise<Verification | undefined> {
	if (event.option.value !== 'apiNodePush' || settings.verifyPush === 'off') return undefined;
	const parameters = question(payload);
	if (parameters === undefined) {
		return failed('The push does not name its workflow, node and phone number');
	}
	const late = passed(LONGEST_CHECK_MS).then(() =>
		failed('AI Rudder did not answer in time', { undecided: true }),
	);
	const asked = ask(context, payload, parameters).catch((error: unknown) =>
		// A credential that is gone or cannot be used.
		failed(error instanceof Error ? error.message : String(error), { undecided: true }),
	);
	return await Promise.race([asked, late]);
}

/** What becomes of a push that AI Rudder does not confirm. */
export function refusalOf(
	{ verified, undecided, problems, record }: Verification,
	{ verifyPush: choice }: TriggerSettings,
): Refusal | undefined {
	if (verified || choice !== 'refuse') return undefined;
	// The names of pushed fields are the sender's: they do not belong into the log.
	const logReason = record
		? `${problems.length} of its fields are not what AI Rudder has on record`
		: problems.join('; ');
	return {
		status: undecided ? 503 : 403,
		message: undecided
			? 'The push could not be checked right now'
			: 'The push is not what AI Rudder has on record',
		log: `refused a custom API node push: ${logReason}`,
	};
}

/** The parameters of the vendor's check: nothing else of a push identifies it (documented). */
function question({ workflow_id, node_id, callee }: Payload): IDataObject | undefined {
	const workflowId = text(workflow_id);
	const nodeId = text(node_id);
	const phoneNumber = text(object(callee).callee_number);
	const caseId = text(object(callee).case_id);
	if (workflowId === null || nodeId === null || phoneNumber === null) return undefined;
	return {
		workflow_id: workflowId,
		node_id: nodeId,
		callee: phoneNumber,
		...(caseId !== null && { case_id: caseId }),
	};
}

async function ask(
	context: IWebhookFunctions,
	pushed: Payload,
	parameters: IDataObject,
): Promise<Verification> {
	const client = await AiRudderClient.create(context);
	const answer = await client.send('customApiNode:verifyPush', parameters, {
		timeoutMs: LONGEST_CHECK_MS,
		// AI Rudder waits for our answer: there is time for one try.
		retry: false,
	});
	if (!answer.ok) {
		const { message } = client.toNodeError(answer.failure, 'customApiNode:verifyPush');
		return failed(message, { undecided: answer.failure.kind !== 'refused' });
	}
	const data = recordOfPush().safeParse(answer.data);
	if (!data.success) return failed('AI Rudder has no record of this contact at this node');
	const record = data.data;
	const problems = differences(pushed, record)
		.slice(0, MOST_DIFFERENCES)
		.map((field) => `'${field}' is not what AI Rudder has on record`);
	return {
		verified: problems.length === 0,
		problems,
		record: {
			simplified: apiNodePushRecord(record),
			raw: { response: answer.response, contact: record.callee },
		},
		undecided: false,
	};
}

const failed = (problem: string, { undecided = false } = {}): Verification => ({
	verified: false,
	problems: [problem],
	record: null,
	undecided,
});

/** Every field that was pushed has to be on record with the same value; the record may hold more. */
function differences(pushed: unknown, recorded: unknown, field = ''): string[] {
	if (Array.isArray(pushed) || isPayload(pushed)) {
		const others = typeof recorded === 'object' && recorded !== null ? recorded : {};
		return Object.entries(pushed).flatMap(([key, value]) =>
			differences(
				value,
				Object.hasOwn(others, key) ? Reflect.get(others, key) : undefined,
				field === '' ? key : `${field}.${key}`,
			),
		);
	}
	return text(pushed) === text(recorded) ? [] : [field];
}
