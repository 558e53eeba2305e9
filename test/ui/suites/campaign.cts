/** The demo's campaign: a template chosen from the list, a run, its items in the output panel. */
import { takeScreenshot } from '../support/screenshots.cts';
import type { Stage } from '../support/stage.cts';
import { byTestId } from '../support/testId.cts';

const UPLOAD = 'Start the calls';

export function campaignTests(stage: () => Stage): void {
	beforeAll(() => stage().editor.openWorkflow(stage().campaign.id));

	test('shows on the canvas what each node does', async () => {
		const { editor } = stage();
		await takeScreenshot(editor.page, 'campaign');
		await editor.node(UPLOAD).getByText('Create: Workflow Task').waitFor();
	});

	test('From List fills from AI Rudder, and searches', async () => {
		const { editor } = stage();
		const panel = await editor.openNode(UPLOAD);
		const locator = panel.locator(byTestId('resource-locator-templateId'));
		await locator.locator(byTestId('rlc-input')).click();
		const items = editor.page.locator(byTestId('rlc-item'));
		await items.filter({ hasText: 'Campaign 45' }).waitFor();
		await editor.page.locator(byTestId('rlc-search')).fill('identity');
		await items.filter({ hasText: 'Identity check' }).waitFor();
		await items.filter({ hasText: 'Campaign 45' }).waitFor({ state: 'detached' });
		await editor.page.keyboard.press('Escape');
		await editor.closeNode();
	});

	test('a run shows ten contacts with their state, as table and as schema', async () => {
		const { editor } = stage();
		const { page } = editor;
		await page.locator(byTestId('execute-workflow-button')).click();
		await editor.node(UPLOAD).locator(byTestId('canvas-node-status-success')).waitFor();
		await editor.openNode(UPLOAD);
		const output = page.locator(byTestId('output-panel'));
		await output.getByText('10 items').waitFor();
		await output.locator(byTestId('radio-button-table')).click();
		const states = output.getByText('uploaded', { exact: true });
		await states.nth(9).waitFor();
		expect(await states.count()).toBe(10);
		await takeScreenshot(page, 'output');
		await output.locator(byTestId('radio-button-schema')).click();
		for (const field of ['workflowId', 'phoneNumber', 'caseId', 'state']) {
			await output.getByText(field, { exact: true }).first().waitFor();
		}
		await editor.closeNode();
	});
}
