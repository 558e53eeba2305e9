/** What an operation is, and how its parameters are checked before it runs. */
import { z } from 'zod';
import { badRequest } from '../envelope.cts';
import { parseWithOffset } from '../times.cts';
import type { World } from '../world.cts';

/** The query, and the body laid over it. */
export type Params = Record<string, unknown>;

export interface Operation {
	method: 'GET' | 'POST';
	path: string;
	/** Provenance of the path: D documented, C seen in clients, A assumed. */
	mark: 'D' | 'C' | 'A';
	/** Needs no token. */
	open?: boolean;
	/** Where two operations share a path: whether these parameters mean this one. */
	when?(params: Params, world: World): boolean;
	handle(params: Params, world: World): unknown;
}

/** Ties the parameters' schema to the handler; what does not fit is refused with its place. */
export function operation<Schema extends z.ZodTypeAny>(
	definition: Omit<Operation, 'handle'> & {
		params: Schema;
		handle(params: z.output<Schema>, world: World): unknown;
	},
): Operation {
	const { params: schema, handle, ...rest } = definition;
	return {
		...rest,
		handle(params, world) {
			const checked = schema.safeParse(params);
			if (!checked.success) throw badRequest(explain(checked.error));
			return handle(checked.data, world);
		},
	};
}

const explain = (error: z.ZodError): string =>
	error.issues
		.slice(0, 5)
		.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
		.join('; ');

export const id = z.string().min(1);

export const e164 = z.string().regex(/^\+[1-9]\d{5,14}$/, 'not an E.164 number with +');

/** `YYYY-MM-DD HH:mm:ss+08:00` (C). */
export const time = z.string().transform((text, context) => {
	const date = parseWithOffset(text);
	if (date) return { text, date };
	context.addIssue({ code: 'custom', message: 'not YYYY-MM-DD HH:mm:ss+08:00' });
	return z.NEVER;
});

/** One element of `details[]` (C); further fields pass and are echoed (A). */
export const uploadedContact = z
	.object({
		callee: e164,
		variables: z.record(z.string()).optional(),
		case_id: z.string().optional(),
	})
	.passthrough();

/** At least one way to say which contact is meant. */
export const contactKey = z
	.object({ callee: e164.optional(), case_id: id.optional() })
	.passthrough()
	.refine((key) => key.callee !== undefined || key.case_id !== undefined, {
		message: 'callee or case_id is required',
	});
