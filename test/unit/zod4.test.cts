/** The zod of another package beside this one may win over n8n's, and be zod 4. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { getRows, someData } from '../../nodes/AiRudder/transport/pages.ts';
import type { AiRudderClient } from '../../nodes/AiRudder/transport/client.ts';

jest.mock('zod', () => jest.requireActual('zod/v4') as unknown);

const NODES = join(__dirname, '../../nodes/AiRudder');

const sources = readdirSync(NODES, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.ts'),
);

test('zod 4 takes no record without a kind of key', () => {
	const faulty = sources.filter((path) =>
		/z\.record\((?!\s*z\.string\(\),)/.test(readFileSync(join(NODES, path), 'utf8')),
	);

	expect(sources.length).toBeGreaterThan(100);
	expect(faulty).toEqual([]);
});

test.each([[[{ id: 1 }]], [{ list: [{ id: 1 }] }]])('%j is read', async (data) => {
	const client: Pick<AiRudderClient, 'call'> = {
		call: async <T extends z.ZodTypeAny>(_name: string, _parameters: object, schema: T) => ({
			data: schema.parse(data) as z.output<T>,
			response: data,
		}),
	};

	const { rows } = await getRows(client as AiRudderClient, 'workflowTask:getAll', {});

	expect(rows).toEqual([{ id: 1 }]);
	expect(someData().safeParse(data).success).toBe(true);
});
