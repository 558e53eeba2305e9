/** The browser that the editor is opened in: Chromium as the system has it, driven by playwright-core. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CANDIDATES = [
	process.env.CHROMIUM ?? '',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];

const QUIET = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const ADVICE = `These tests open n8n's editor in Chromium, and none was found.
On Debian or Ubuntu:  sudo apt-get install -y chromium
Elsewhere: install Chromium or Chrome and put its path into the environment variable CHROMIUM.`;

export function launchChromium(): Promise<Browser> {
	const executablePath = CANDIDATES.find((path) => path !== '' && existsSync(path));
	if (!executablePath) throw new Error(ADVICE);
	return chromium.launch({ executablePath, args: QUIET });
}
