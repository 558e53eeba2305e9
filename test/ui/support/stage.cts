/** What all browser tests share: a real n8n with package, simulator and credential, the demo's flows, a window. */
import type { Browser } from 'playwright-core';
import { readExample } from '../../../scripts/demo/examples.cts';
import type { StoredWorkflow } from '../../../scripts/real-n8n/client.cts';
import { OWNER, startWorld, type World } from '../../e2e/support/world.cts';
import { launchChromium } from './chromium.cts';
import { Editor, type Theme } from './editor.cts';

export interface Stage {
	world: World;
	editor: Editor;
	campaign: StoredWorkflow;
	outcomes: StoredWorkflow;
	/** Another window, for the test to close. */
	openWindow(theme: Theme): Promise<Editor>;
	close(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
	const browser = await launchChromium();
	let world: World | undefined;
	const close = async (): Promise<void> => {
		await Promise.allSettled([browser.close(), world?.close()]);
	};
	try {
		world = await startWorld();
		return { ...(await furnish(world, browser)), close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function furnish(world: World, browser: Browser): Promise<Omit<Stage, 'close'>> {
	const { client, credential, n8n, simulator } = world;
	const campaign = await client.createWorkflow(
		await readExample('first-campaign.json', credential),
	);
	const outcomes = await client.createWorkflow(await readExample('call-outcomes.json', credential));
	await client.activate(outcomes.id);
	const trigger = outcomes.nodes.find(({ webhookId }) => webhookId);
	if (trigger) simulator.setWebhookUrl('callCompletion', client.webhookUrl(trigger));
	const openWindow = (theme: Theme): Promise<Editor> => Editor.open(browser, n8n.url, OWNER, theme);
	return { world, campaign, outcomes, openWindow, editor: await openWindow('light') };
}
