/** n8n's editor as a person uses it: sign in, open a workflow, open a node. Complaints of the page are kept. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { byTestId } from './testId.cts';

const VIEWPORT = { width: 1440, height: 900 };
const PATIENCE_MS = 90_000;

/** The editor asks for the output schema of every node, and some of n8n's own have none. */
const SCHEMAS_OF_OTHERS = /\/schemas\/(?!n8n-nodes-airudder)/;

export type Theme = 'light' | 'dark';

export interface Person {
	email: string;
	password: string;
}

export class Editor {
	/** Errors on the page's console and exceptions in it, from n8n's own origin. */
	readonly complaints: string[] = [];

	private constructor(
		private readonly context: BrowserContext,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** A window of its own, signed in; it reaches nothing but this n8n. */
	static async open(
		browser: Browser,
		url: string,
		person: Person,
		theme: Theme = 'light',
	): Promise<Editor> {
		const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: theme });
		context.setDefaultTimeout(PATIENCE_MS);
		await context.route(
			(target) => target.origin !== url,
			(route) => route.abort(),
		);
		const page = await context.newPage();
		const editor = new Editor(context, page, url);
		await editor.signIn(person);
		editor.listen();
		return editor;
	}

	private async signIn({ email, password }: Person): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator('input[name=emailOrLdapLoginId]').fill(email);
		await this.page.locator('input[type=password]').fill(password);
		await this.page.locator(byTestId('form-submit-button')).click();
		await this.page.waitForURL(({ pathname }) => !pathname.includes('signin'));
	}

	private listen(): void {
		this.page.on('pageerror', (error) => this.complaints.push(error.message));
		this.page.on('console', (message) => {
			const { url } = message.location();
			const ours = url.startsWith(this.url) && !SCHEMAS_OF_OTHERS.test(url);
			if (message.type() === 'error' && ours) this.complaints.push(`${message.text()} ${url}`);
		});
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.locator(byTestId('canvas-node')).first().waitFor();
	}

	async openNewWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.locator(byTestId('canvas-add-button')).waitFor();
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`${byTestId('canvas-node')}[data-node-name="${name}"]`);
	}

	/** Opens a node's panel and gives it back. */
	async openNode(name: string): Promise<Locator> {
		await this.node(name).dblclick();
		const panel = this.page.locator(byTestId('node-parameters'));
		await panel.waitFor();
		return panel;
	}

	async closeNode(): Promise<void> {
		await this.page.locator(byTestId('ndv-close-button')).click();
		await this.page.locator(byTestId('node-parameters')).waitFor({ state: 'detached' });
	}

	close(): Promise<void> {
		return this.context.close();
	}
}
