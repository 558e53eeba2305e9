/** All operations but the uploads under all faults, once passing and once lasting. */
import type { INodeParameters } from 'n8n-workflow';
import { execute } from '../integration/support/n8n.cts';
import { runCell, type Cell } from './cell.cts';
import { FAULTS, type FaultCase } from './faultTable.cts';
import { timeoutSecondsOf } from './inject.cts';
import { OPERATIONS, type OperationCase } from './operations.cts';
import { prepare, startVendor } from './vendor.cts';

export interface Row {
	name: string;
	cells: Map<FaultCase, Cell>;
}

export interface Matrix {
	passing: Row[];
	lasting: Row[];
}

const faultsOf = (passing: boolean): FaultCase[] =>
	FAULTS.filter(({ name }) => !passing || name !== 'TLS failure');

async function rowOf(operation: OperationCase, passing: boolean): Promise<Row> {
	const vendor = await startVendor();
	const cells = new Map<FaultCase, Cell>();
	try {
		const prepared = await prepare(vendor, operation.templateId);
		const usualParameters = operation.parameters(prepared);
		const numbers = vendor.simulator.acceptedContacts().map(({ callee }) => callee);
		const before = vendor.requestsOf(operation.endpoint);
		await execute(usualParameters, vendor.newCredential());
		const usual = vendor.requestsOf(operation.endpoint) - before;
		for (const fault of faultsOf(passing)) {
			const options = { timeoutSeconds: timeoutSecondsOf(fault) };
			const parameters = { ...usualParameters, options };
			cells.set(
				fault,
				await runCell(vendor, operation, parameters, fault, passing, usual, numbers),
			);
		}
		return { name: operation.name, cells };
	} finally {
		await vendor.simulator.close();
	}
}

const LOGIN_PARAMETERS: INodeParameters = {
	resource: 'workflowTemplate',
	operation: 'getAll',
	limit: 1,
};

/** The login, as met by any operation; its time-out cannot be shortened, so its cells run side by side. */
const LOGIN: OperationCase = {
	name: 'login',
	endpoint: 'auth',
	repeatable: true,
	emptyIsSuccess: false,
	parameters: () => LOGIN_PARAMETERS,
};

async function loginCell(fault: FaultCase, passing: boolean): Promise<Cell> {
	const vendor = await startVendor();
	try {
		// A trickle within the login's long time-out is slow, and no failure.
		const expectedFault: FaultCase =
			fault.kind === 'slow-trickle' ? { ...fault, outcome: 'ok' } : fault;
		return await runCell(vendor, LOGIN, LOGIN_PARAMETERS, expectedFault, passing, 1, []);
	} finally {
		await vendor.simulator.close();
	}
}

async function loginRow(passing: boolean): Promise<Row> {
	const cells = await Promise.all(
		faultsOf(passing).map(
			async (fault): Promise<[FaultCase, Cell]> => [fault, await loginCell(fault, passing)],
		),
	);
	return { name: LOGIN.name, cells: new Map(cells) };
}

type Limit = <T>(work: () => Promise<T>) => Promise<T>;

export async function runMatrix(limit: Limit): Promise<Matrix> {
	const rows = (passing: boolean): Promise<Row[]> =>
		Promise.all([
			loginRow(passing),
			...OPERATIONS.map((operation) => limit(() => rowOf(operation, passing))),
		]);
	const [passing, lasting] = await Promise.all([rows(true), rows(false)]);
	return { passing, lasting };
}
