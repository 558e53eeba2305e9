/**
 * The uploads under all faults: with and without Retry On Fail, ending with an error or going on. Nobody
 * may be taken twice, and what is reported of each contact has to be what the vendor has.
 */
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	IRunExecutionData,
} from 'n8n-workflow';
import { byId } from '../integration/support/dialled.cts';
import {
	execute,
	newRunData,
	type RunOptions,
	type StoredCredential,
} from '../integration/support/n8n.cts';
import { CREATE, people } from '../integration/support/simulated.cts';
import { problemsOf, type Cell, type UserError } from './cell.cts';
import { FAULTS, type FaultCase } from './faultTable.cts';
import { inject, timeoutSecondsOf } from './inject.cts';
import type { Row } from './matrix.cts';
import { letterOf, type Letter } from './uploadFaults.cts';
import { startVendor, type Vendor } from './vendor.cts';

const BATCH = 10;

interface Target {
	name: string;
	endpoint: 'workflowTask:create' | 'contact:add';
	/** Contacts in each of its batches. */
	batch: number;
	/** Whether it goes to sleep after the upload. */
	waits: boolean;
	/** What becomes of the batches when one of them ends up as this, before any second try. */
	states(letter: Letter): Letter[];
	parameters(vendor: Vendor): INodeParameters | Promise<INodeParameters>;
}

/** A task that was refused takes nobody. */
const whenCreated = (letter: Letter): Letter => (letter === 'r' ? 'n' : letter);

async function newTask(vendor: Vendor): Promise<INodeParameters> {
	const [task] = await execute({ ...CREATE, contactsFrom: 'none' }, vendor.newCredential());
	return { workflowId: byId(String(task.json.workflowId)) };
}

const CALL_AND_WAIT = { ...CREATE, resource: 'contact', operation: 'callAndWait' };

const TARGETS: readonly Target[] = [
	{
		name: 'Create, at its first batch',
		endpoint: 'workflowTask:create',
		batch: BATCH,
		waits: false,
		// Without a task there is nothing to add to.
		states: (letter) => [whenCreated(letter), letter === 'u' ? 'u' : 'n'],
		parameters: () => CREATE,
	},
	{
		name: 'Create, at its second batch',
		endpoint: 'contact:add',
		batch: BATCH,
		waits: false,
		states: (letter) => ['u', letter],
		parameters: () => CREATE,
	},
	{
		name: 'Add, at its first batch',
		endpoint: 'contact:add',
		batch: BATCH,
		waits: false,
		// The second batch is under way by then.
		states: (letter) => [letter, 'u'],
		parameters: async (vendor) => ({
			...CREATE,
			resource: 'contact',
			operation: 'add',
			...(await newTask(vendor)),
		}),
	},
	{
		name: 'Call and Wait, in a new task',
		endpoint: 'workflowTask:create',
		batch: 1,
		waits: true,
		states: (letter) => [whenCreated(letter)],
		parameters: () => ({ ...CALL_AND_WAIT, addTo: 'newTask' }),
	},
	{
		name: 'Call and Wait, in an existing task',
		endpoint: 'contact:add',
		batch: 1,
		waits: true,
		states: (letter) => [letter],
		parameters: async (vendor) => ({
			...CALL_AND_WAIT,
			addTo: 'existingTask',
			...(await newTask(vendor)),
		}),
	},
];

const contactsOf = ({ batch, states }: Target): IDataObject[] => people(batch * states('u').length);

const MODES = [
	{ retry: false, stops: false },
	{ retry: true, stops: false },
	{ retry: false, stops: true },
	{ retry: true, stops: true },
];

type Mode = (typeof MODES)[number];

const LETTERS: Record<string, Letter> = {
	uploaded: 'u',
	rejected: 'r',
	notSent: 'n',
	unknown: '?',
};

/** What the last try gives: a state for each contact, or one error that counts them. */
interface Told {
	items?: INodeExecutionData[];
	error?: UserError;
	/** n8n has put the execution to sleep. */
	waits: boolean;
}

async function tryOnce(
	parameters: INodeParameters,
	credential: StoredCredential,
	run: RunOptions & { runData: IRunExecutionData },
): Promise<Told> {
	try {
		const items = await execute(parameters, credential, run);
		return { items, waits: run.runData.waitTill !== undefined };
	} catch (error) {
		return { error: error as UserError, waits: run.runData.waitTill !== undefined };
	}
}

const hasFailed = ({ items, error }: Told): boolean =>
	error !== undefined || (items ?? []).some(({ json }) => json.error);

/** Runs the node as n8n does: with Retry On Fail again, in the same run, after it has failed. */
async function runNode(
	parameters: INodeParameters,
	credential: StoredCredential,
	items: IDataObject[],
	{ retry, stops }: Mode,
): Promise<Told> {
	const run = {
		items,
		runData: newRunData(),
		...(!stops && { onError: 'continueRegularOutput' as const }),
	};
	const first = await tryOnce(parameters, credential, run);
	return retry && hasFailed(first) ? await tryOnce(parameters, credential, run) : first;
}

/** What has to be reported in the end. */
function wanted(target: Target, fault: FaultCase, { retry }: Mode): string {
	// Where nothing gets through nothing is sent, in either try.
	if (fault.kind === undefined) return 'n'.repeat(contactsOf(target).length);
	const first = target.states(letterOf(fault, target.endpoint === 'workflowTask:create'));
	// What was certainly not sent goes up in the second try, unless nobody knows whether there is a task.
	const again = retry && !first.includes('?');
	const last = again ? first.map((letter) => (letter === 'n' ? 'u' : letter)) : first;
	return last.map((letter) => letter.repeat(target.batch)).join('');
}

const summary = (letters: string): string =>
	(['u', 'r', 'n', '?'] as const)
		.map((letter) => [letters.split(letter).length - 1, letter])
		.filter(([count]) => count !== 0)
		.map(([count, letter]) => `${count} ${letter}`)
		.join(' ');

/** The counts that an error names, in the order of its letters. */
function countsIn({ message }: UserError): string {
	const count = (words: RegExp): number => Number(words.exec(message)?.[1] ?? 0);
	return [
		'u'.repeat(count(/(\d+) uploaded\)/)),
		'r'.repeat(count(/(\d+) rejected/)),
		'n'.repeat(count(/(\d+) not sent/)),
		'?'.repeat(count(/(\d+) perhaps uploaded/)),
	].join('');
}

const sortedLetters = (letters: string): string => [...letters].sort().join('');

/** Whether what is reported fits what the vendor took. */
function untruths(
	letters: string,
	numbers: string[],
	taken: ReadonlyMap<string, number>,
): string[] {
	return numbers.flatMap((number, index) => {
		const copies = taken.get(number) ?? 0;
		if (copies > 1) return [`${number} was taken ${copies} times`];
		if (letters[index] === 'u' && copies === 0)
			return [`${number} is missing and reported as uploaded`];
		const denied = letters[index] === 'n' || letters[index] === 'r';
		return denied && copies > 0 ? [`${number} was taken and reported as not`] : [];
	});
}

const copiesOf = (numbers: string[]): Map<string, number> => {
	const copies = new Map<string, number>();
	for (const number of numbers) copies.set(number, (copies.get(number) ?? 0) + 1);
	return copies;
};

async function uploadCell(target: Target, fault: FaultCase, mode: Mode): Promise<Cell> {
	const vendor = await startVendor();
	try {
		const { simulator } = vendor;
		const contacts = contactsOf(target);
		const options = { batchSize: BATCH, timeoutSeconds: timeoutSecondsOf(fault) };
		const parameters = { ...(await target.parameters(vendor)), options };
		// The way to the vendor is broken for the whole upload; its own faults meet one request.
		const credential = await inject(vendor, fault, target.endpoint, fault.kind !== undefined);
		const before = vendor.requestsOf(target.endpoint);
		const told = await runNode(parameters, credential, contacts, mode);
		const requests = vendor.requestsOf(target.endpoint) - before;
		const numbers = contacts.map(({ phone }) => String(phone));
		const taken = copiesOf(simulator.acceptedContacts().map(({ callee }) => callee));
		return judge(target, fault, mode, { told, requests, numbers, taken, credential });
	} finally {
		await vendor.simulator.close();
	}
}

interface Observed {
	told: Told;
	requests: number;
	numbers: string[];
	taken: ReadonlyMap<string, number>;
	credential: StoredCredential;
}

function judge(
	target: Target,
	fault: FaultCase,
	mode: Mode,
	{ told: { items, error, waits }, requests, numbers, taken, credential }: Observed,
): Cell {
	const right = wanted(target, fault, mode);
	const stateOf = ({ json }: { json: IDataObject }): Letter | undefined =>
		// Only a contact that was uploaded is waited for.
		json.timedOut === true ? 'u' : LETTERS[String(json.state)];
	const letters = items ? items.map(stateOf).join('') : countsIn(error as UserError);
	const same = items ? letters === right : sortedLetters(letters) === sortedLetters(right);
	const certain = [...taken.values()].length;
	const uploaded = letters.split('u').length - 1;
	const perhaps = letters.split('?').length - 1;
	const untrue = items
		? untruths(letters, numbers, taken)
		: uploaded <= certain && certain <= uploaded + perhaps
			? []
			: [`${certain} were taken`];
	const doubled = [...taken.values()].filter((copies) => copies > 1).length;
	return {
		text: `${summary(letters)} / ${requests}`,
		problems: [
			...(same ? [] : [`expected ${summary(right)}`]),
			...(waits === (target.waits && letters === 'u')
				? []
				: [waits ? 'waits for nobody' : 'does not wait']),
			...untrue.slice(0, 1),
			...(doubled > 0 ? [`${doubled} contacts were taken twice`] : []),
			...(error ? problemsOf(error, credential, numbers) : []),
		],
	};
}

const nameOf = ({ name }: Target, { retry, stops }: Mode): string =>
	`${name}; Retry On Fail ${retry ? 'on' : 'off'}; On Error: ${stops ? 'Stop' : 'Continue'}`;

type Limit = <T>(work: () => Promise<T>) => Promise<T>;

export function runUploads(limit: Limit): Promise<Row[]> {
	const rows = TARGETS.flatMap((target) => MODES.map((mode) => ({ target, mode })));
	return Promise.all(
		rows.map(async ({ target, mode }): Promise<Row> => {
			const cells = FAULTS.map((fault) =>
				limit(
					async (): Promise<[FaultCase, Cell]> => [fault, await uploadCell(target, fault, mode)],
				),
			);
			return { name: nameOf(target, mode), cells: new Map(await Promise.all(cells)) };
		}),
	);
}
