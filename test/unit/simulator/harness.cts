/** What every simulator test needs: a client in a few lines and a receiver of notices. */
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator/index.cts';

const open: Array<{ close(): Promise<void> }> = [];

export const closeAll = async (): Promise<void> => {
	await Promise.all(open.splice(0).map((one) => one.close()));
};

export async function simulate(options: Partial<SimulatorOptions> = {}): Promise<Client> {
	const simulator = await startSimulator({ speed: 3_600, ...options });
	open.push(simulator);
	return new Client(simulator);
}

type Json = Record<string, unknown>;

export interface Answer {
	http: number;
	code: number;
	message: string;
	data: Json & { list: Json[]; detail: Json[]; detail_error_list: Json[] };
}

export class Client {
	token = '';

	constructor(readonly simulator: Simulator) {}

	async login(): Promise<this> {
		const answer = await this.post('/service/cloud/auth', {
			APPKey: 'demo-app-key',
			APPSecret: 'demo-app-secret',
		});
		this.token = String(answer.data.token);
		return this;
	}

	async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		const response = await fetch(this.#url(path), {
			method: 'POST',
			headers: { ...this.#headers(), 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
		return { http: response.status, ...JSON.parse(await response.text()) };
	}

	async get(path: string): Promise<Answer> {
		const response = await fetch(this.#url(path), { headers: this.#headers() });
		return { http: response.status, ...JSON.parse(await response.text()) };
	}

	async create(changes: Json = {}): Promise<Answer> {
		return await this.post('createinstance', {
			workflow_template_id: 1001,
			name: 'test',
			end_time: '2099-12-31 18:00:00+08:00',
			...changes,
		});
	}

	#url(path: string): string {
		const { url } = this.simulator;
		return path.startsWith('/') ? url + path : `${url}/service/cloud/workflow/${path}`;
	}

	#headers(): Record<string, string> {
		return this.token === '' ? {} : { authorization: `Token ${this.token}` };
	}
}

/** Obviously made-up numbers, one case id each. */
export const contacts = (count: number): Json[] =>
	Array.from({ length: count }, (_, index) => ({
		callee: `+1202555${String(100 + index).padStart(4, '0')}`,
		case_id: `case-${index}`,
		variables: { name: `n${index}` },
	}));

/** Answers every notice with the given status and keeps its body. */
export async function receive(status = 200): Promise<{ url: string; bodies: Json[] }> {
	const bodies: Json[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
			response.writeHead(status).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	open.push({
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	});
	const address = server.address();
	const port = address && typeof address === 'object' ? address.port : 0;
	return { url: `http://127.0.0.1:${port}/hook`, bodies };
}

export const example = (name: string): Json =>
	JSON.parse(readFileSync(join(__dirname, '../../vendor-examples', name), 'utf8'));
