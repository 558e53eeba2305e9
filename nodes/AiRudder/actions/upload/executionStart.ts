import type { IExecuteFunctions } from 'n8n-workflow';
import { sha256 } from '../../sha256';
import { isTool } from '../isTool';

/** What n8n tells of another node, for which it has no type. */
type OtherNode = (
	name: string,
	wholeItem: true,
) => {
	isExecuted: boolean;
	/** Throws where there is no such output. */
	first: (output: number) => { json?: object } | undefined;
};

/** More than any trigger has. A pinned one gives the same item for any output, so that none is the last. */
const MOST_OUTPUTS = 20;

/**
 * A digest of what started the execution, which a retry of it starts with as well: the first item of its
 * trigger. `undefined` where that says nothing, as of a workflow that is started by hand.
 */
export function executionStart(context: IExecuteFunctions): string | undefined {
	try {
		const { $: otherNode }: { $: OtherNode } = context.getWorkflowDataProxy(0);
		for (const name of triggersBefore(context)) {
			const trigger = otherNode(name, true);
			if (!trigger.isExecuted) continue;
			for (let output = 0; output < MOST_OUTPUTS; output++) {
				const { json = {} } = trigger.first(output) ?? {};
				if (Object.keys(json).length > 0) return sha256(json);
			}
		}
	} catch {
		// What n8n does not give away says nothing.
	}
	return undefined;
}

/** One step at a time: n8n 1.x goes each way through the workflow anew otherwise. */
function triggersBefore(context: IExecuteFunctions): string[] {
	const { name: own } = context.getNode();
	const names = new Set([own]);
	// No nodes lead to a tool; this is its agent, or the one before that.
	if (isTool(context)) names.add(context.getInputSourceData().previousNode);
	const triggers: string[] = [];
	// A Set hands on what is added meanwhile.
	for (const name of names) {
		const parents = context.getParentNodes(name, { depth: 1 });
		if (parents.length === 0 && name !== own) triggers.push(name);
		for (const parent of parents) names.add(parent.name);
	}
	return triggers.sort();
}
