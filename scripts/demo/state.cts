/** What the demo remembers between two starts: the login, the credential and the workflows it has made. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const state = z.object({
	credential: z.object({ id: z.string(), name: z.string(), type: z.string() }),
	/** Example file → id of the imported workflow. */
	workflows: z.record(z.string()),
});

export type DemoState = z.infer<typeof state>;

const fileIn = (folder: string): string => join(folder, 'demo.json');

export async function readState(folder: string): Promise<DemoState | undefined> {
	const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined);
	return text === undefined ? undefined : state.parse(JSON.parse(text));
}

export const writeState = (folder: string, content: DemoState): Promise<void> =>
	writeFile(fileIn(folder), `${JSON.stringify(content, null, 2)}\n`);
