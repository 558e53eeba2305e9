/** The trigger's panel: where its URL is, and what to tell whom. */
import { AiRudder } from '../../../nodes/AiRudder/AiRudder.node.ts';
import { AiRudderTrigger } from '../../../nodes/AiRudder/AiRudderTrigger.node.ts';
import { waitForOutputs } from '../../e2e/support/world.cts';
import { takeScreenshot } from '../support/screenshots.cts';
import type { Stage } from '../support/stage.cts';
import { byTestId } from '../support/testId.cts';

const TRIGGER = 'When calls are finished';

export function triggerTests(stage: () => Stage): void {
	beforeAll(() => stage().editor.openWorkflow(stage().outcomes.id));

	test('shows the production URL and who has to be told', async () => {
		const { editor, world, outcomes } = stage();
		const panel = await editor.openNode(TRIGGER);
		await panel.getByText('Webhook URLs', { exact: true }).click();
		await panel.getByText('Production URL', { exact: true }).click();
		const trigger = outcomes.nodes.find(({ name }) => name === TRIGGER);
		expect(trigger).toBeDefined();
		if (trigger) await panel.getByText(world.client.webhookUrl(trigger)).waitFor();
		await panel.getByText(/send your AI Rudder contact/).waitFor();
		await panel
			.getByText(/Webhook Signing Key/)
			.first()
			.waitFor();
		await takeScreenshot(editor.page, 'trigger');
		await editor.closeNode();
	});

	test('shows on the canvas which event it waits for', async () => {
		await stage().editor.node(TRIGGER).getByText('Call Completion', { exact: true }).waitFor();
	});

	test('an outcome that came back stands under Executions', async () => {
		const { editor, world, outcomes } = stage();
		await world.simulator.fire('callCompletion');
		await waitForOutputs(world.client, outcomes.id, TRIGGER, 1);
		await editor.page.locator(byTestId('radio-button-executions')).click();
		const list = editor.page.locator(byTestId('current-executions-list'));
		await list
			.getByText(/Succeeded/)
			.first()
			.waitFor();
	});

	test('shows for each event whom to tell', async () => {
		const { editor, outcomes } = stage();
		await editor.openWorkflow(outcomes.id);
		const panel = await editor.openNode(TRIGGER);
		await panel.locator(byTestId('parameter-input-events')).click();
		const options = editor.page.locator('.el-select-dropdown__item:visible');
		await options.filter({ hasText: 'Chatbot Session Ended' }).click();
		await editor.page.keyboard.press('Escape');
		const notices = panel.locator('.notice-content');
		await notices.filter({ hasText: 'Chatbot Session End' }).waitFor();
		await editor.closeNode();
		await editor.node(TRIGGER).getByText('2 Events', { exact: true }).waitFor();
	});

	test('no notice of either node has markup but links, which is all that the editor shows', () => {
		const nodes = [new AiRudder(), new AiRudderTrigger()];
		const notices = nodes.flatMap(({ description: { properties } }) =>
			properties.filter(({ type }) => type === 'notice'),
		);
		expect(notices.length).toBeGreaterThan(0);
		for (const { displayName } of notices) expect(displayName).not.toMatch(/<(?!\/?a\b)/);
	});
}
