/** The README's First flow, done by hand: from two empty workflows to the outcome of a simulated call. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { request } from 'undici';
import { ROOT } from '../../../scripts/real-n8n/paths.cts';
import { ACCOUNT, SIGNING_KEY } from '../../e2e/support/world.cts';
import type { Editor } from '../support/editor.cts';
import { Hand } from '../support/hand.cts';
import { takeScreenshot } from '../support/screenshots.cts';
import type { Stage } from '../support/stage.cts';
import { byTestId } from '../support/testId.cts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const WRITTEN = ['Credential', 'First flow']
	.map((title) => README.split(`\n## ${title}\n`)[1].split('\n## ')[0])
	.join('\n');
const CONTACT_JSON = WRITTEN.match(/`(\{ "phone".+?\})`/)?.[1] ?? '{}';
const CONTACT: Record<string, string> = JSON.parse(CONTACT_JSON);

/** Words that stand in the editor, and that the README must have named. */
function named(words: string): string {
	if (!WRITTEN.includes(words)) throw new Error(`The README does not say '${words}'.`);
	return words;
}

/** A field of a node or of a credential, by its label. */
const field = (area: Locator, label: string): Locator =>
	area
		.locator(`${byTestId('parameter-item')}, ${byTestId('credential-connection-parameter')}`)
		.filter({ has: area.page().getByText(new RegExp(`^\\s*${named(label)}\\s*\\*?\\s*$`)) })
		.locator(byTestId('parameter-input'));

const written = (area: Locator, label: string): Locator =>
	field(area, label).locator('input, .cm-content').first();

const chosenCredential = (page: Page): Promise<string> =>
	page.locator(`${byTestId('node-credentials-select')} input`).inputValue();

const output = (page: Page): Locator => page.locator(byTestId('output-panel'));

/** The only item in the output panel's table, by column. */
async function shownItem(page: Page): Promise<Record<string, string>> {
	await output(page).getByText('1 item', { exact: true }).waitFor();
	await output(page).locator('tbody td').first().waitFor();
	const columns = await output(page).locator('th').allInnerTexts();
	const cells = await output(page).locator('tbody td').allInnerTexts();
	return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
}

export function firstFlowTests(stage: () => Stage): void {
	const hand = new Hand();
	let start = 0;
	let outcomes: Editor;
	let campaign: Editor;
	let registered: string | undefined;

	async function addNode(page: Page, plus: string, node: string, action?: string) {
		await hand.click(page.locator(byTestId(plus)));
		await hand.enter(page.locator(byTestId('node-creator-search-bar')), named(node));
		const list = page.locator(byTestId('node-creator'));
		await hand.click(list.getByText(node, { exact: true }).first());
		if (action) await hand.click(list.getByText(named(action), { exact: true }));
		const panel = page.locator(byTestId('node-parameters'));
		await panel.waitFor();
		return panel;
	}

	async function choose(panel: Locator, label: string, option: string) {
		await hand.click(field(panel, label));
		const options = panel.page().locator('.el-select-dropdown__item:visible');
		await hand.click(options.getByText(named(option), { exact: true }));
	}

	async function dragColumn(panel: Locator, column: string, label: string) {
		const input = panel.page().locator(byTestId('run-data-schema-node-name'));
		await hand.drag(input.getByText(column, { exact: true }), field(panel, label));
		await field(panel, label).getByText(`{{ $json.${column} }}`).waitFor();
	}

	const executeStep = async (page: Page): Promise<void> => {
		const button = page.locator(byTestId('node-execute-button'));
		await hand.click(button.getByText(named('Execute step'), { exact: true }));
	};

	async function closeNode(editor: Editor) {
		hand.clicks++;
		await editor.closeNode();
	}

	beforeAll(async () => {
		registered = stage().world.simulator.webhookUrls.callCompletion;
		outcomes = await stage().openWindow('light');
		campaign = await stage().openWindow('light');
		await outcomes.openNewWorkflow();
		await campaign.openNewWorkflow();
		start = Date.now();
	});

	afterAll(async () => {
		stage().world.simulator.setWebhookUrl('callCompletion', registered);
		const seconds = Math.round((Date.now() - start) / 1000);
		const { clicks, texts, drags } = hand;
		process.stdout.write(
			`First flow: ${clicks} clicks, ${texts} texts, ${drags} drags; ${seconds} s.\n`,
		);
		await Promise.all([outcomes, campaign].map((window) => window?.close()));
	});

	test('the trigger is added, and a credential created that AI Rudder accepts', async () => {
		const { page } = outcomes;
		const { simulator } = stage().world;
		const panel = await addNode(page, 'canvas-add-button', 'AI Rudder', 'On call completion');
		await hand.click(page.locator(byTestId('node-credentials-select')));
		await hand.click(page.getByText(named('Create new credential')));
		const dialog = page.locator(byTestId('credential-edit-dialog'));
		await hand.enter(written(dialog, 'App Key'), ACCOUNT.appKey);
		await hand.enter(written(dialog, 'App Secret'), ACCOUNT.appSecret);
		await hand.enter(written(dialog, 'Base URL'), simulator.url);
		await hand.enter(written(dialog, 'Webhook Signing Key'), SIGNING_KEY);
		const { logins } = simulator;
		await hand.click(page.locator(byTestId('credential-save-button')).getByText(named('Save')));
		await dialog.waitFor({ state: 'detached' });
		await page.getByText('Credential successfully created').waitFor();
		expect(simulator.logins).toBeGreaterThan(logins);
		expect(await chosenCredential(page)).toBe('AI Rudder account');
		await panel.getByText('Call Completion', { exact: true }).waitFor();
	});

	test('its workflow is published, and AI Rudder given the production URL', async () => {
		const { page } = outcomes;
		const panel = page.locator(byTestId('node-parameters'));
		await hand.click(panel.getByText(named('Webhook URLs'), { exact: true }));
		await hand.click(panel.getByText(named('Production URL'), { exact: true }));
		const shown = panel.getByText(/^\s*http\S+\/webhook\/\S+\s*$/).first();
		await hand.click(shown);
		await page.getByText('URL copied').waitFor();
		const url = (await shown.innerText()).trim();
		await closeNode(outcomes);
		const publish = page.locator(byTestId('workflow-open-publish-modal-button'));
		await hand.click(publish.getByText(named('Publish')));
		await hand.click(page.locator(byTestId('workflow-publish-button')));
		await page.getByText('AI Rudder can now send its notices to the production URL.').waitFor();
		await hand.click(page.getByText('Got it'));
		// The command that the demo prints, in another window.
		hand.texts++;
		const { statusCode } = await request(`${stage().world.simulator.url}/simulator/webhooks`, {
			method: 'POST',
			body: JSON.stringify({ event: 'callCompletion', url }),
		});
		expect(statusCode).toBe(200);
	});

	test('a node holds one contact', async () => {
		const { page } = campaign;
		const panel = await addNode(page, 'canvas-add-button', 'Edit Fields (Set)');
		await choose(panel, 'Mode', 'JSON');
		await hand.enter(written(panel, 'JSON'), CONTACT_JSON);
		await executeStep(page);
		expect(await shownItem(page)).toMatchObject(CONTACT);
		await closeNode(campaign);
	});

	test('the contact is uploaded', async () => {
		const { page } = campaign;
		const panel = await addNode(page, 'canvas-handle-plus', 'AI Rudder', 'Create workflow task');
		expect(await chosenCredential(page)).toBe('AI Rudder account');
		await hand.click(field(panel, 'Workflow Template').locator(byTestId('rlc-input')));
		await hand.click(page.locator(byTestId('rlc-item')).getByText(/^\s*Payment reminder \(/));
		await hand.enter(written(panel, 'Task Name'), 'My first task');
		await dragColumn(panel, 'phone', 'Phone Number');
		await dragColumn(panel, 'case', 'Case ID');
		await choose(panel, 'Variables From', 'Input Columns');
		await hand.enter(written(panel, 'Columns to Send'), 'name');
		await executeStep(page);
		await output(page).getByText('uploaded', { exact: true }).waitFor();
		expect(await shownItem(page)).toMatchObject({
			phoneNumber: CONTACT.phone,
			caseId: CONTACT.case,
			state: named('uploaded'),
		});
	});

	test('the outcome of the call is an item under Executions', async () => {
		const { page } = outcomes;
		await hand.click(
			page.locator(byTestId('radio-button-executions')).getByText(named('Executions')),
		);
		const list = page.locator(byTestId('current-executions-list'));
		await hand.click(list.getByText(/Succeeded/).first());
		await hand.doubleClick(outcomes.node('AI Rudder Trigger'));
		expect(await shownItem(page)).toMatchObject({
			phoneNumber: CONTACT.phone,
			[named('caseId')]: CONTACT.case,
			[named('answered')]: 'true',
			[named('intention')]: 'B',
			variables: expect.stringContaining(CONTACT.name),
		});
		await takeScreenshot(page, 'first-flow');
		expect([...outcomes.complaints, ...campaign.complaints]).toEqual([]);
	});
}
