/** What a node makes of one answer of AI Rudder's, whatever it asks. */
import { execute, failure, type StoredCredential } from './n8n.cts';
import { vendor } from './vendor.cts';

type Fields = Parameters<typeof execute>[0];

export const ok = (data: unknown) => ({ data, status: 'OK', code: 200 });

/** Asks an AI Rudder that answers everything with `data`. */
export async function whenAnswered<T>(
	data: unknown,
	ask: (credential: StoredCredential) => Promise<T>,
): Promise<T> {
	const answers = await vendor(ok(data));
	try {
		return await ask(answers.credential);
	} finally {
		await answers.close();
	}
}

/** What an operation gives when AI Rudder answers `data`. */
export const given = (parameters: Fields, data: unknown) =>
	whenAnswered(data, async (credential) => {
		const items = await execute(parameters, credential);
		return items.map(({ json }) => json);
	});

/** What a person reads when AI Rudder answers `data`. */
export const refusal = (parameters: Fields, data: unknown) =>
	whenAnswered(data, (credential) => failure(parameters, credential));
