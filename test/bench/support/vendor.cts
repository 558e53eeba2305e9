/** What the benchmarks need of the simulated vendor beforehand. */
import type { Simulator } from '../../../simulator/index.cts';
import { templates } from '../../../simulator/templates.cts';
import { newWorkflow } from '../../../simulator/workflows.cts';

const TEMPLATE = 1001;

/** Workflow tasks without contacts, to add to. */
export function emptyTasks(simulator: Simulator, count: number): string[] {
	const template = templates.get(TEMPLATE);
	if (!template) throw new Error(`The simulator has no template ${TEMPLATE}`);
	return Array.from({ length: count }, (_, index) => {
		const workflow = newWorkflow(template, {
			name: `Benchmark ${index}`,
			endTime: '2099-12-31 18:00:00+08:00',
			autoFinish: 2,
		});
		simulator.state.addWorkflow(workflow);
		return workflow.id;
	});
}
