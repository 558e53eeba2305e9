/** Installs the n8n that `N8N_VERSION` names, so that the first test file need not wait for it. */
import { ensureN8n } from './real-n8n/install.cts';

ensureN8n().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
