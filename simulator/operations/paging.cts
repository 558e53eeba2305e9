/** Lists page with `Number` and `Page` (C, classic; assumed for the Workflow lists). */
import { z } from 'zod';
import type { World } from '../world.cts';
import type { Params } from './operation.cts';

const DEFAULT_NUMBER = 20;

export const paging = z
	.object({
		Number: z.coerce.number().int().positive().optional(),
		Page: z.coerce.number().int().positive().optional(),
	})
	.passthrough();

/** Assumed: a parameter that is called as a field of the rows filters by it. */
export function page<Row extends Params>(
	rows: Row[],
	params: z.output<typeof paging>,
	world: World,
	defaultNumber = DEFAULT_NUMBER,
): { total: number; list: Row[] } {
	const filters = Object.entries(params).filter(
		([name, value]) => rows.length > 0 && name in rows[0] && typeof value !== 'object',
	);
	const kept = rows.filter((row) =>
		filters.every(([name, value]) => String(row[name]) === String(value)),
	);
	const { ignorePaging } = world.options;
	const number = ignorePaging ? DEFAULT_NUMBER : (params.Number ?? defaultNumber);
	const pagesBefore = ignorePaging ? 0 : (params.Page ?? 1) - 1;
	// Not multiplied where there is none: the number may be infinite.
	const from = pagesBefore === 0 ? 0 : number * pagesBefore;
	return { total: kept.length, list: kept.slice(from, from + number) };
}
