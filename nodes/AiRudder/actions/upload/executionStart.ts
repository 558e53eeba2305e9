import type { IExecuteFunctions } from 'n8n-workflow';
import { sha256 } from '../../sha256';

/** What n8n tells of another node, which it has no type for. */
interface NodeData {
	isExecuted: boolean;
	first: () => { json?: unknown } | undefined;
}

/**
 * A digest of what started the execution, which a retry of it starts with as well: the first item of
 * its trigger. Two executions share it only where their triggers say nothing of the moment, or where
 * n8n does not give it away.
 */
export function executionStart(context: IExecuteFunctions): string {
	const { $: dataOf }: { $: (name: string) => NodeData } = context.getWorkflowDataProxy(0);
	const isFirst = ({ name }: { name: string }) => context.getParentNodes(name).length === 0;
	try {
		const triggers = context.getParentNodes(context.getNode().name).filter(isFirst);
		const started = triggers.map(({ name }) => dataOf(name)).filter(({ isExecuted }) => isExecuted);
		return sha256(started.map((trigger) => trigger.first()?.json));
	} catch {
		return '';
	}
}
