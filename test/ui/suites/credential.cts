/** The credential's window: a good key passes, a wrong one is told apart in words a person understands. */
import type { Locator } from 'playwright-core';
import type { Stage } from '../support/stage.cts';
import { byTestId } from '../support/testId.cts';

const UPLOAD = 'Start the calls';

export function credentialTests(stage: () => Stage): void {
	let dialog: Locator;

	beforeAll(async () => {
		const { editor, campaign } = stage();
		await editor.openWorkflow(campaign.id);
		await editor.openNode(UPLOAD);
		await editor.page.locator(byTestId('credential-edit-button')).click();
		dialog = editor.page.locator(byTestId('credential-edit-dialog'));
		await dialog.waitFor();
	});

	test('a good key passes the test', async () => {
		await dialog.locator(byTestId('credentials-config-container-test-success')).waitFor();
	});

	test('the required fields are marked', async () => {
		for (const name of ['App Key', 'App Secret']) {
			const label = dialog.getByText(new RegExp(`^\\s*${name}\\s*\\*\\s*$`)).first();
			expect(await label.isVisible()).toBe(true);
		}
	});

	test('a wrong secret is told in our words', async () => {
		const { page } = stage().editor;
		const field = dialog.locator(`${byTestId('parameter-input-appSecret')} input`);
		await field.fill('not-the-secret');
		await page.locator(byTestId('credential-save-button')).click();
		await dialog.getByText('More details').click();
		await dialog.getByText(/AI Rudder did not accept this App Key and App Secret/).waitFor();
		expect(await dialog.getByText('not-the-secret').count()).toBe(0);
	});
}
