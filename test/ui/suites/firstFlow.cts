/** The README's First flow, done by hand: from two empty workflows to the outcome of a simulated call. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { request } from 'undici';
import { ROOT } from '../../../scripts/real-n8n/paths.cts';
import { OWNER } from '../../../scripts/demo/demo.cts';
import { welcome } from '../../../scripts/demo/welcome.cts';
import { ACCOUNT, SIGNING_KEY } from '../../e2e/support/world.cts';
import type { Editor } from '../support/editor.cts';
import { Hand } from '../support/hand.cts';
import { secondsToRead } from '../support/reading.cts';
import { takeScreenshot } from '../support/screenshots.cts';
import type { Stage } from '../support/stage.cts';
import { byTestId } from '../support/testId.cts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const section = (title: string): string => README.split(`\n## ${title}\n`)[1].split('\n## ')[0];
const WRITTEN = ['Credential', 'First flow'].map(section).join('\n');
const ROW_JSON = WRITTEN.match(/`(\{ "phone".+?\})`/)?.[1] ?? '{}';
const ROW: Record<string, string> = JSON.parse(ROW_JSON);
const CONTACT = { phoneNumber: '+12025550123', caseId: 'TEST-1' };

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

/** How often somebody clicks to begin a workflow from another one. */
const CLICKS_TO_NEW_WORKFLOW = 2;

export function firstFlowTests(stage: () => Stage): void {
	/** Does what the demo leaves to do. */
	const hand = new Hand();
	/** Does the rest. */
	const other = new Hand();
	let outcomes: Editor;
	let campaign: Editor;
	let registered: string | undefined;

	/** The words that are clicked one after another, the first of them the node's name. */
	async function addNode(by: Hand, page: Page, plus: string, node: string, ...words: string[]) {
		await by.click(page.locator(byTestId(plus)));
		await by.enter(page.locator(byTestId('node-creator-search-bar')), named(node));
		const list = page.locator(byTestId('node-creator'));
		await by.click(list.getByText(node, { exact: true }).first());
		for (const each of words) {
			await by.click(list.getByText(new RegExp(`^${named(each)}( \\(\\d+\\))?$`)));
		}
		const panel = page.locator(byTestId('node-parameters'));
		await panel.waitFor();
		return panel;
	}

	async function choose(by: Hand, panel: Locator, label: string, option: string) {
		await by.click(field(panel, label));
		const options = panel.page().locator('.el-select-dropdown__item:visible');
		await by.click(options.getByText(named(option), { exact: true }));
	}

	async function chooseTemplate(by: Hand, panel: Locator) {
		await by.click(field(panel, 'Workflow Template').locator(byTestId('rlc-input')));
		const templates = panel.page().locator(byTestId('rlc-item'));
		await by.click(templates.getByText(/^\s*Payment reminder \(/));
	}

	async function dragColumn(by: Hand, panel: Locator, column: string, label: string) {
		const input = panel.page().locator(byTestId('run-data-schema-node-name'));
		await by.drag(input.getByText(column, { exact: true }), field(panel, label));
		await field(panel, label).getByText(`{{ $json.${column} }}`).waitFor();
	}

	const executeStep = async (by: Hand, page: Page): Promise<void> => {
		const button = page.locator(byTestId('node-execute-button'));
		await by.click(button.getByText(named('Execute step'), { exact: true }));
	};

	async function closeNode(by: Hand, editor: Editor) {
		by.countClick();
		await editor.closeNode();
	}

	beforeAll(async () => {
		registered = stage().world.simulator.webhookUrls.callCompletion;
		[outcomes, campaign] = [await stage().openWindow('light'), await stage().openWindow('light')];
		await outcomes.openNewWorkflow();
	});

	afterAll(async () => {
		stage().world.simulator.setWebhookUrl('callCompletion', registered);
		await Promise.all([outcomes, campaign].map((window) => window?.close()));
	});

	test('the trigger is added, and a credential created that AI Rudder accepts', async () => {
		const { page } = outcomes;
		const { simulator } = stage().world;
		const panel = await addNode(hand, page, 'canvas-add-button', 'AI Rudder', 'On call completion');
		await other.click(page.locator(byTestId('node-credentials-select')));
		await other.click(page.getByText(named('Create new credential')));
		const dialog = page.locator(byTestId('credential-edit-dialog'));
		await other.enter(written(dialog, 'App Key'), ACCOUNT.appKey);
		await other.enter(written(dialog, 'App Secret'), ACCOUNT.appSecret);
		await other.enter(written(dialog, 'Base URL'), simulator.url);
		await other.enter(written(dialog, 'Webhook Signing Key'), SIGNING_KEY);
		const { logins } = simulator;
		await other.click(page.locator(byTestId('credential-save-button')).getByText(named('Save')));
		await dialog.waitFor({ state: 'detached' });
		await page.getByText('Credential successfully created').waitFor();
		expect(simulator.logins).toBeGreaterThan(logins);
		expect(await chosenCredential(page)).toBe('AI Rudder account');
		await panel.getByText('Call Completion', { exact: true }).waitFor();
	});

	test('its workflow is published, and AI Rudder given the production URL', async () => {
		const { page } = outcomes;
		const panel = page.locator(byTestId('node-parameters'));
		await other.click(panel.getByText(named('Webhook URLs'), { exact: true }));
		await other.click(panel.getByText(named('Production URL'), { exact: true }));
		const shown = panel.getByText(/^\s*http\S+\/webhook\/\S+\s*$/).first();
		await other.click(shown);
		await page.getByText('URL copied').waitFor();
		const url = (await shown.innerText()).trim();
		await closeNode(hand, outcomes);
		const publish = page.locator(byTestId('workflow-open-publish-modal-button'));
		await hand.click(publish.getByText(named('Publish')));
		await hand.click(page.locator(byTestId('workflow-publish-button')));
		await page.getByText('AI Rudder can now send its notices to the production URL.').waitFor();
		await hand.click(page.getByText('Got it'));
		// The demo does this by itself.
		const { statusCode } = await request(`${stage().world.simulator.url}/simulator/webhooks`, {
			method: 'POST',
			body: JSON.stringify({ event: 'callCompletion', url }),
		});
		expect(statusCode).toBe(200);
	});

	test('a contact is uploaded', async () => {
		await campaign.openNewWorkflow();
		const { page } = campaign;
		const panel = await addNode(
			hand,
			page,
			'canvas-add-button',
			'AI Rudder',
			'Actions',
			'Create workflow task',
		);
		expect(await chosenCredential(page)).toBe('AI Rudder account');
		await chooseTemplate(hand, panel);
		await hand.enter(written(panel, 'Task Name'), 'My first task');
		await hand.enter(written(panel, 'Phone Number'), named(CONTACT.phoneNumber));
		await hand.enter(written(panel, 'Case ID'), named(CONTACT.caseId));
		await executeStep(hand, page);
		await output(page).getByText('uploaded', { exact: true }).waitFor();
		expect(await shownItem(page)).toMatchObject({ ...CONTACT, state: named('uploaded') });
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
			...CONTACT,
			[named('answered')]: 'true',
			[named('intention')]: 'B',
			[named('transcript')]: expect.stringContaining('speaker'),
		});
		await takeScreenshot(page, 'first-flow');
		expect([...outcomes.complaints, ...campaign.complaints]).toEqual([]);
	});

	test('from the first line of the README it takes less than five minutes of a person', () => {
		const url = 'http://localhost:5678/workflow/0123456789abcdef';
		const printed = welcome(url, url);
		const [top] = README.split('\n## ');
		const read = [top, section('Try it in five minutes'), section('First flow'), printed];
		const reading = secondsToRead(read.join('\n'));
		for (const text of ['npm ci && npm run demo', url, OWNER.email, OWNER.password]) {
			hand.countText(text);
		}
		hand.countClick();
		for (let click = 0; click < 2 * CLICKS_TO_NEW_WORKFLOW; click++) hand.countClick();
		process.stdout.write(
			`First flow: ${hand.describe()}, ${Math.round(hand.seconds)} s; reading ${Math.round(reading)} s.\n`,
		);
		expect(hand.seconds + reading).toBeLessThan(5 * 60);
	});

	test('the row of a table is uploaded', async () => {
		await campaign.openNewWorkflow();
		const { page } = campaign;
		const set = await addNode(other, page, 'canvas-add-button', 'Edit Fields (Set)');
		await choose(other, set, 'Mode', 'JSON');
		await other.enter(written(set, 'JSON'), ROW_JSON);
		await executeStep(other, page);
		expect(await shownItem(page)).toMatchObject(ROW);
		await closeNode(other, campaign);
		const panel = await addNode(
			other,
			page,
			'canvas-handle-plus',
			'AI Rudder',
			'Create workflow task',
		);
		await chooseTemplate(other, panel);
		await other.enter(written(panel, 'Task Name'), 'My second task');
		await dragColumn(other, panel, 'phone', 'Phone Number');
		await dragColumn(other, panel, 'case', 'Case ID');
		await choose(other, panel, 'Variables From', 'Input Columns');
		await other.enter(written(panel, 'Columns to Send'), 'name');
		await executeStep(other, page);
		await output(page).getByText('uploaded', { exact: true }).waitFor();
		expect(await shownItem(page)).toMatchObject({ phoneNumber: ROW.phone, caseId: ROW.case });
		const [taken] = stage().world.simulator.acceptedContacts().slice(-1);
		expect(taken).toMatchObject({ callee: ROW.phone, variables: { name: ROW.name } });
		expect(campaign.complaints).toEqual([]);
	});
}
