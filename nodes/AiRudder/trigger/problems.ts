import type { z } from 'zod';

const MOST = 20;

const WORDS: Record<string, string> = {
	array: 'a list',
	boolean: 'true or false',
	null: 'empty',
	number: 'a number',
	object: 'an object',
	record: 'an object',
	string: 'text',
};

/**
 * What of a value does not fit what AI Rudder documents, in plain words and without the values. The
 * value goes on all the same.
 */
export function problemsOf(schema: z.ZodTypeAny, value: unknown, prefix: string[] = []): string[] {
	const parsed = schema.safeParse(value);
	if (parsed.success) return [];
	const { issues } = parsed.error;
	const problems = issues.slice(0, MOST).map((issue) => {
		const field = [...prefix, ...issue.path].map(String).join('.') || 'notice';
		const actual = kindOf(issue.path.reduce<unknown>(at, value));
		const expected = 'expected' in issue ? WORDS[String(issue.expected)] : undefined;
		if (actual === undefined) return `'${field}' is missing`;
		return expected === undefined
			? `'${field}' is not as documented`
			: `'${field}' is ${actual} instead of ${expected}`;
	});
	const more = issues.length - problems.length;
	return more > 0 ? [...problems, `${more} more fields are not as documented`] : problems;
}

const at = (value: unknown, key: PropertyKey): unknown =>
	typeof value === 'object' && value !== null && Object.hasOwn(value, key)
		? Reflect.get(value, key)
		: undefined;

function kindOf(value: unknown): string | undefined {
	if (value === undefined) return undefined;
	if (value === null) return WORDS.null;
	return WORDS[Array.isArray(value) ? 'array' : typeof value];
}
