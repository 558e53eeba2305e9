import { freePort } from '../../scripts/real-n8n/ports.cts';

test('a free port is given once, also while nobody listens there yet', async () => {
	const port = await freePort();
	expect(await freePort(port)).not.toBe(port);
});
