/** A person's mouse and keyboard, counted. */
import type { Locator } from 'playwright-core';

export class Hand {
	clicks = 0;
	drags = 0;
	texts = 0;

	async click(target: Locator): Promise<void> {
		this.clicks++;
		await target.click();
	}

	async doubleClick(target: Locator): Promise<void> {
		this.clicks += 2;
		await target.dblclick();
	}

	/** Writes or pastes in place of what the field holds. */
	async enter(field: Locator, text: string): Promise<void> {
		this.texts++;
		await field.click();
		const { keyboard } = field.page();
		await keyboard.press('ControlOrMeta+A');
		await keyboard.insertText(text);
	}

	/** The editor takes a drag for one only after a second movement over the target. */
	async drag(from: Locator, to: Locator): Promise<void> {
		this.drags++;
		const { mouse } = from.page();
		await from.hover();
		await mouse.down();
		await to.hover();
		await to.hover();
		await mouse.up();
	}
}
