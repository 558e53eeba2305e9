/** An AI Rudder with answers of our own, for forms that the simulator does not speak. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { storedCredential } from './n8n.cts';

const LOGGED_IN = { data: { token: 'a-token' }, status: 'OK', code: 200 };

/** `answer` is the body of each answer, or makes it from the query of a GET; `login` that of a login. */
export async function vendor(
	answer: object | ((query: URLSearchParams) => object),
	login: object = LOGGED_IN,
) {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://vendor');
		const isLogin = pathname === '/service/cloud/auth';
		if (!isLogin) asked.push(request.url ?? '');
		const given = typeof answer === 'function' ? answer(searchParams) : answer;
		const body = isLogin ? login : given;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		/** Path and query of each request but the login. */
		asked,
		credential: storedCredential({
			appKey: 'demo-app-key',
			appSecret: 'demo-app-secret',
			baseUrl: `http://127.0.0.1:${port}`,
		}),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
