/** Brings a fault about: at the vendor, or in the way to it. */
import type { OperationName } from '../../simulator/index.cts';
import { execute, type StoredCredential } from '../integration/support/n8n.cts';
import type { FaultCase } from './faultTable.cts';
import type { Vendor } from './vendor.cts';

/** Where it is waited for: long enough to be met, short enough for a table of a thousand cells. */
const SHORT_SECONDS = 3;
/** Long enough for every answer of a busy machine. */
const LONG_SECONDS = 30;

export const timeoutSecondsOf = ({ outcome }: FaultCase): number =>
	outcome === 'timeout' ? SHORT_SECONDS : LONG_SECONDS;

const TRICKLE_MS = 2 * SHORT_SECONDS * 1000;
const LONGER_THAN_ALL_TRIES_MS = 20_000;
const SHORTER_THAN_ALL_TRIES_MS = 60;

/** Gets the token that most operations start with; the fault shall meet the operation, not the login. */
async function logIn(credential: StoredCredential): Promise<void> {
	await execute(
		{ resource: 'workflowTemplate', operation: 'getAll', returnAll: false, limit: 1 },
		credential,
	);
}

/** A credential ready to be used while the fault lasts. */
export async function inject(
	vendor: Vendor,
	{ name, kind }: FaultCase,
	endpoint: OperationName,
	passing: boolean,
): Promise<StoredCredential> {
	const { simulator } = vendor;
	if (name === 'TLS failure') {
		// No fault is needed: the simulator's port speaks no TLS.
		return vendor.newCredential(simulator.url.replace('http:', 'https:'));
	}
	const credential = vendor.newCredential();
	if (endpoint !== 'auth') await logIn(credential);
	if (kind === undefined) {
		const forMs = passing ? SHORTER_THAN_ALL_TRIES_MS : LONGER_THAN_ALL_TRIES_MS;
		simulator.faults.add({ kind: 'refused', forMs });
	} else {
		simulator.faults.add({
			kind,
			operation: endpoint,
			...(passing && { times: 1 }),
			...(kind === 'slow-trickle' && { forMs: TRICKLE_MS }),
			// A yes without data is a yes: nobody could tell that it is a lie.
			...(kind === 'empty-data' && endpoint === 'contact:add' && { taken: true }),
		});
	}
	return credential;
}
