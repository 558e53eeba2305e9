/** One operation under one fault: what the user gets, what the vendor saw, and whether that is right. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { execute, type StoredCredential } from '../integration/support/n8n.cts';
import { APP_SECRET, type Vendor } from './vendor.cts';
import { MESSAGES, TRIES, type FaultCase, type Outcome } from './faultTable.cts';
import { inject } from './inject.cts';
import type { OperationCase } from './operations.cts';

export interface Cell {
	/** How it stands in the table. */
	text: string;
	/** What is wrong with it; none in a good cell. */
	problems: string[];
}

interface Expected {
	outcome: Outcome;
	requests: number;
}

/** What has to come out; `usual` is the number of requests without any fault. */
export function expected(
	{ endpoint, repeatable, emptyIsSuccess }: OperationCase,
	{ kind, name, outcome, again }: FaultCase,
	passing: boolean,
	usual: number,
): Expected {
	if (outcome === 'ok' || (kind === 'empty-data' && emptyIsSuccess)) {
		return { outcome: 'ok', requests: usual };
	}
	if (name === 'TLS failure') return { outcome, requests: 0 };
	// A refused login is final: there is no newer token to try it with.
	const renewed = again === 'once' && endpoint !== 'auth';
	const repeated = again === 'always' || (again === 'ifRepeatable' && repeatable);
	if (kind === undefined)
		return passing ? { outcome: 'ok', requests: usual } : { outcome, requests: 0 };
	if (passing && (repeated || renewed)) return { outcome: 'ok', requests: usual + 1 };
	return { outcome, requests: repeated ? TRIES : renewed ? 2 : 1 };
}

export interface UserError extends Error {
	description?: string | null;
	context: IDataObject;
}

/** Everything of an error that somebody may come to see. */
const allTextOf = (error: UserError): string =>
	JSON.stringify([error.message, error.description, error.context, error]);

/** What a good error has and what it must not show. */
export function problemsOf(
	error: UserError,
	credential: StoredCredential,
	numbers: string[],
): string[] {
	const text = allTextOf(error);
	const { sessionToken } = credential.data;
	const secrets = [APP_SECRET, 'Token ', ...(sessionToken ? [String(sessionToken)] : [])];
	return [
		...(error.description ? [] : ['no word on what to do']),
		...(error.context.itemIndex === undefined ? ['not tied to an item'] : []),
		...(secrets.some((secret) => text.includes(secret)) ? ['shows a secret'] : []),
		...(numbers.some((number) => text.includes(number.replace('+', '')))
			? ['shows a full number']
			: []),
	];
}

type Run = { ok: true } | { ok: false; error: UserError };

async function runOnce(parameters: INodeParameters, credential: StoredCredential): Promise<Run> {
	try {
		await execute(parameters, credential);
		return { ok: true };
	} catch (error) {
		return { ok: false, error: error as UserError };
	}
}

const word = (run: Run): string => {
	if (run.ok) return 'ok';
	const classes = Object.entries(MESSAGES).filter(([, pattern]) => pattern.test(run.error.message));
	return classes[0]?.[0] ?? `"${run.error.message}"`;
};

export async function runCell(
	vendor: Vendor,
	operation: OperationCase,
	parameters: INodeParameters,
	fault: FaultCase,
	passing: boolean,
	usual: number,
	numbers: string[],
): Promise<Cell> {
	const { simulator, requestsOf } = vendor;
	const credential = await inject(vendor, fault, operation.endpoint, passing);
	const before = requestsOf(operation.endpoint);
	const elsewhere = simulator.otherHost.requests.length;
	const run = await runOnce(parameters, credential);
	simulator.faults.clear();
	const requests = requestsOf(operation.endpoint) - before;
	const wanted = expected(operation, fault, passing, usual);
	const asWanted = run.ok
		? wanted.outcome === 'ok'
		: wanted.outcome !== 'ok' && MESSAGES[wanted.outcome].test(run.error.message);
	const strangers = simulator.otherHost.requests
		.slice(elsewhere)
		.filter(({ withToken, path }) => withToken || !path.startsWith('/recordings/'));
	return {
		text: `${asWanted && !run.ok ? wanted.outcome : word(run)} ${requests}`,
		problems: [
			...(asWanted ? [] : [`expected ${wanted.outcome}`]),
			...(requests === wanted.requests ? [] : [`expected ${wanted.requests} requests`]),
			...(run.ok ? [] : problemsOf(run.error, credential, numbers)),
			...(strangers.length === 0 ? [] : ['another host was asked']),
		],
	};
}
