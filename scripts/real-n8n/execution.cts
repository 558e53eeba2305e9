/** What one run of a workflow did, as n8n stored it: what each node put out, and what went wrong. */
import { z } from 'zod';

const item = z.object({
	json: z.record(z.unknown()),
	binary: z.record(z.record(z.unknown())).optional(),
	error: z.unknown(),
	pairedItem: z.unknown(),
});

const failure = z
	.object({
		name: z.string().optional(),
		message: z.string(),
		description: z.string().nullish(),
		httpCode: z.union([z.string(), z.number()]).nullish(),
		context: z.record(z.unknown()).optional(),
	})
	.passthrough();

const nodeRun = z
	.object({
		executionTime: z.number().optional(),
		data: z.record(z.array(z.array(item).nullish())).optional(),
		error: failure.optional(),
	})
	.passthrough();

export const executionData = z.object({
	resultData: z
		.object({
			runData: z.record(z.array(nodeRun)).default({}),
			error: failure.optional(),
			lastNodeExecuted: z.string().optional(),
		})
		.passthrough()
		// n8n stores an execution that has only just begun without results.
		.default({}),
});

export const executionSummary = z
	.object({
		id: z.coerce.string(),
		status: z.string(),
		mode: z.string(),
		startedAt: z.string().nullish(),
		stoppedAt: z.string().nullish(),
	})
	.passthrough();

export type Item = z.infer<typeof item>;
export type Failure = z.infer<typeof failure>;
export type ExecutionSummary = z.infer<typeof executionSummary>;
export type Execution = ExecutionSummary & { data: z.infer<typeof executionData> };

export const RUNNING: readonly string[] = ['new', 'running', 'unknown'];

/** All items that a node put out at one of its outputs, over all of its runs. */
export function outputOf(execution: Execution, nodeName: string, output = 0): Item[] {
	const runs = execution.data.resultData.runData[nodeName] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []);
}

/** What a node failed with; without a name, what the whole execution failed with. */
export function errorOf(execution: Execution, nodeName?: string): Failure | undefined {
	const { runData, error } = execution.data.resultData;
	if (nodeName === undefined) return error;
	return runData[nodeName]?.find((run) => run.error)?.error;
}
