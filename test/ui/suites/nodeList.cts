/** Both nodes are found by what a person would type, and carry our icon in either theme. */
import { RESOURCES } from '../../../nodes/AiRudder/actions/resources.ts';
import { EVENTS } from '../../../nodes/AiRudder/trigger/events/index.ts';
import { byTestId } from '../support/testId.cts';
import type { Stage } from '../support/stage.cts';

const OPERATIONS = RESOURCES.flatMap(({ operations }) => operations);
const SEARCHES = ['AI Rudder', 'voice', 'call', 'WhatsApp'];
const SEARCH = byTestId('node-creator-search-bar');
const ITEM = byTestId('node-creator-item-name');

export function nodeListTests(stage: () => Stage): void {
	beforeAll(async () => {
		const { editor } = stage();
		await editor.openNewWorkflow();
		await editor.page.locator(byTestId('canvas-add-button')).click();
	});

	test.each(SEARCHES)("finds AI Rudder by '%s'", async (words) => {
		const { page } = stage().editor;
		await page.locator(SEARCH).fill(words);
		await page.locator(ITEM, { hasText: /^\s*AI Rudder\s*$/ }).waitFor();
	});

	test('offers every event and every operation', async () => {
		const { page } = stage().editor;
		await page.locator(SEARCH).fill('AI Rudder');
		await page.locator(ITEM, { hasText: /^\s*AI Rudder\s*$/ }).click();
		const categories = page.locator(byTestId('node-creator-category-item'));
		await categories.first().waitFor();
		const headings = (await categories.allTextContents()).map((text) => text.trim());
		expect(headings).toEqual([
			expect.stringMatching(`^Triggers \\(${EVENTS.length}\\)`),
			expect.stringMatching(`^Actions \\(${OPERATIONS.length}\\)`),
		]);
		await page.locator(ITEM, { hasText: 'On custom API node push' }).waitFor();
	});

	test('shows the light icon in the light theme and the dark one in the dark theme', async () => {
		const sources = [];
		for (const theme of ['light', 'dark'] as const) {
			const window = await stage().openWindow(theme);
			await window.openWorkflow(stage().outcomes.id);
			const icon = window.node('When calls are finished').locator('img').first();
			await icon.waitFor();
			sources.push(new URL((await icon.getAttribute('src')) ?? '', window.page.url()).pathname);
			const width = await icon.evaluate((image) => Reflect.get(image, 'naturalWidth'));
			expect(width).toBeGreaterThan(0);
			await window.close();
		}
		expect(sources[0]).toMatch(/airudder\.svg$/);
		expect(sources[1]).toMatch(/airudder\.dark\.svg$/);
	});
}
