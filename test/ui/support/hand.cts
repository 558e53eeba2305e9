/** A person's mouse and keyboard, counted and timed as the Keystroke-Level Model does (Card, Moran and Newell). */
import type { Locator } from 'playwright-core';

/** Seconds of somebody who is no skilled typist. */
const THINK = 1.35;
const POINT = 1.1;
const PRESS = 0.1;
const KEY = 0.28;
/** From the mouse to the keyboard or back. */
const REACH = 0.4;

const CLICK = THINK + POINT + 2 * PRESS;
const DRAG = THINK + POINT + PRESS + POINT + PRESS;
/** Longer texts are copied from where they are read. */
const LONGEST_TYPED = 30;
const COPY_AND_PASTE = DRAG + 4 * KEY;

const secondsToWrite = (text: string): number =>
	CLICK + (text.length > LONGEST_TYPED ? COPY_AND_PASTE : text.length * KEY) + 2 * REACH;

export class Hand {
	/** What the actions would take a person, without reading and without waiting. */
	seconds = 0;
	private counts = { clicks: 0, texts: 0, drags: 0 };

	async click(target: Locator): Promise<void> {
		this.countClick();
		await target.click();
	}

	async doubleClick(target: Locator): Promise<void> {
		this.countClick();
		this.seconds += 2 * PRESS;
		await target.dblclick();
	}

	/** Writes or pastes in place of what the field holds. */
	async enter(field: Locator, text: string): Promise<void> {
		this.countText(text);
		await field.click();
		const { keyboard } = field.page();
		await keyboard.press('ControlOrMeta+A');
		await keyboard.insertText(text);
	}

	/** The editor takes a drag for one only after a second movement over the target. */
	async drag(from: Locator, to: Locator): Promise<void> {
		this.counts.drags++;
		this.seconds += DRAG;
		const { mouse } = from.page();
		await from.hover();
		await mouse.down();
		await to.hover();
		await to.hover();
		await mouse.up();
	}

	/** A click or a text that a test does in another way than by this hand. */
	countClick(): void {
		this.counts.clicks++;
		this.seconds += CLICK;
	}

	countText(text: string): void {
		this.counts.texts++;
		this.seconds += secondsToWrite(text);
	}

	describe(): string {
		const { clicks, texts, drags } = this.counts;
		return `${clicks} clicks, ${texts} texts, ${drags} drags`;
	}
}
