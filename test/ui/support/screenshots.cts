/** The README's pictures: written only on request, so that a test run leaves the repository as it is. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../../../scripts/real-n8n/paths.cts';

const FOLDER = join(ROOT, 'docs/images');
const WANTED = process.env.UPDATE_SCREENSHOTS === '1';
/** Until menus and panels have come to rest. */
const SETTLE_MS = 1_500;

export async function takeScreenshot(page: Page, name: string): Promise<void> {
	if (!WANTED) return;
	await mkdir(FOLDER, { recursive: true });
	for (const toast of await page.locator('.el-notification__closeBtn').all()) {
		await toast.click({ timeout: 1_000 }).catch(() => undefined);
	}
	await page.mouse.move(0, 0);
	await page.waitForTimeout(SETTLE_MS);
	await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}
