import { type IDataObject, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { number, object } from '../records/read';
import { faultyEntries } from './addresses';
import { EVENTS, isWanted } from './events';
import { parseJson } from '../records/json';

/** What becomes of a push that AI Rudder does not confirm. */
export type VerifyPush = 'off' | 'refuse' | 'flag';

/** The node as the trigger uses it. */
export interface TriggerSettings {
	nodeId: string;
	credentialId: string;
	events: readonly string[];
	simplify: boolean;
	/** Empty lets everybody in. */
	allowList: string;
	checkSignature: boolean;
	includeHeaders: boolean;
	oneItemPerNotice: boolean;
	removeDuplicates: boolean;
	windowMs: number;
	respondAtOnce: boolean;
	/** Calls that another execution waits for start no execution of this workflow. */
	leaveOutAwaited: boolean;
	verifyPush: VerifyPush;
}

const DEFAULT_WINDOW_MINUTES = 60;

export function readSettings(context: IWebhookFunctions): TriggerSettings {
	const events = readEvents(context);
	const options = readOptions(context);
	const { verifyPush = 'off', ipAllowList } = options;
	// n8n makes a copy of the node each time that it is asked for.
	const { id: nodeId, credentials } = context.getNode();
	const minutes = number(options.duplicateWindow) ?? DEFAULT_WINDOW_MINUTES;
	return {
		nodeId,
		credentialId: credentials?.aiRudderApi?.id ?? '',
		events,
		simplify: context.getNodeParameter('simplify', true) !== false,
		allowList: ipAllowList === undefined ? '' : readAllowList(context, ipAllowList),
		checkSignature: options.checkSignature !== false,
		includeHeaders: options.includeHeaders === true,
		oneItemPerNotice: options.oneItemPerNotice === true,
		removeDuplicates: options.removeDuplicates !== false,
		windowMs: Math.max(1, minutes) * 60_000,
		respondAtOnce: options.respond === 'immediately',
		leaveOutAwaited: options.awaitedCalls === 'leaveOut',
		// Whatever an expression gives instead must not let forged pushes through.
		verifyPush: verifyPush === 'off' || verifyPush === 'flag' ? verifyPush : 'refuse',
	};
}

/** Where nothing is selected, no notice is answered 200 and dropped: n8n answers 500. */
function readEvents(context: IWebhookFunctions): string[] {
	const selected: unknown = context.getNodeParameter('events', []);
	// An expression may give one without a list.
	const events = [selected].flat().map(String);
	if (EVENTS.some((event) => isWanted(event, events))) return events;
	throw new Error("'Trigger On' selects no event: choose one, or correct its expression");
}

/** An expression that finds nothing must not let everybody in: n8n answers 500. */
export function given(value: unknown, field: string): unknown {
	// Blanks are what is left around an expression that finds nothing.
	const nothing = value === undefined || value === null || /^\s+$/.test(String(value));
	if (!nothing) return value;
	throw new Error(`The expression in ${field} gives nothing`);
}

/** The empty field lets everybody in; an expression that gives nothing must not. */
function readAllowList(context: IWebhookFunctions, value: unknown): string {
	const list = String(value ?? '');
	if (!isExpression(context)) return list;
	return String(given(list === '' ? null : list, "'IP Allowlist'"));
}

/** Whether the allowlist is one. */
function isExpression(context: IHookFunctions | IWebhookFunctions): boolean {
	const written = context.getNodeParameter('options.ipAllowList', '', { rawExpressions: true });
	return String(written).startsWith('=');
}

/** All but 'Response Body': an expression that reads a push may fail for any other notice. */
function readOptions(context: IWebhookFunctions): IDataObject {
	const set = context.getNodeParameter('options', {}, { rawExpressions: true });
	const names = Object.keys(object(set)).filter((name) => name !== 'responseBody');
	return Object.fromEntries(
		names.map((name) => [name, context.getNodeParameter(`options.${name}`) ?? null]),
	);
}

/** What keeps the trigger from working as its options say, for the person who publishes the workflow. */
export function faultOf(
	context: IHookFunctions,
): { message: string; description: string } | undefined {
	const list = String(context.getNodeParameter('options.ipAllowList', '') ?? '');
	if (list.trim() === '' && isExpression(context)) {
		return {
			message: "The expression in 'IP Allowlist' gives nothing",
			description: 'Correct it, or remove the option to let every sender in',
		};
	}
	const [faulty] = faultyEntries(list);
	if (faulty !== undefined) {
		return {
			message: `'IP Allowlist' holds '${faulty}', which is neither an address nor a range`,
			description: 'Write addresses such as 203.0.113.7 or ranges such as 198.51.100.0/24',
		};
	}
	// An expression reads the push that it answers: there is none yet.
	const body = context.getNodeParameter('options.responseBody', '', { rawExpressions: true });
	if (typeof body === 'string' && /^[^=]/.test(body) && parseJson(body) === undefined) {
		return {
			message: "'Response Body' is not JSON",
			description: 'Enter something like {"result": "ok"}',
		};
	}
	return undefined;
}
