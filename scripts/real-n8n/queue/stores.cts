/**
 * What n8n's processes share in queue mode: a database of their own in PostgreSQL, and keys of their own
 * in Redis. Both are servers whose addresses are given, or are started here from Debian's packages.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { until } from '../client.cts';
import { ensureN8n } from '../install.cts';
import { freePort } from '../ports.cts';
import { run, type Account } from '../run.cts';
import { startServer } from './server.cts';

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

const MISSING =
	'Queue mode needs PostgreSQL and Redis. On Debian or Ubuntu:  sudo apt-get install -y postgresql redis-server\n' +
	'Or name running ones in QUEUE_TEST_POSTGRES_URL and QUEUE_TEST_REDIS_URL.';

export interface Stores {
	/** Settings that lead n8n to them. */
	env: Record<string, string>;
	/** Leaves nothing of it behind. */
	close(): Promise<void>;
}

/** A server and, where it was started here, what ends it. */
interface Server {
	url: URL;
	end?: () => Promise<void>;
}

const secret = (): string => randomBytes(12).toString('hex');

/** The newest PostgreSQL of Debian's, else one in PATH. */
async function postgresFolder(): Promise<string> {
	const versions = await readdir(DEBIAN_POSTGRES).catch(() => []);
	const folders = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN_POSTGRES, version, 'bin'));
	return withProgram('initdb', folders);
}

function withProgram(name: string, folders: readonly string[] = []): string {
	const inPath = (process.env.PATH ?? '').split(delimiter);
	const found = [...folders, ...inPath].find((folder) => existsSync(join(folder, name)));
	if (!found) throw new Error(MISSING);
	return found;
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
async function postgresAccount(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (which) => Number(await run('id', [which, 'postgres'], { cwd: '/' }))),
	);
	return { uid, gid };
}

/** The folder holds nothing that is worth a flush to the disk. */
async function startPostgres(): Promise<Server> {
	const programs = await postgresFolder();
	const account = await postgresAccount();
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	const data = join(folder, 'data');
	const passwordFile = join(folder, 'password');
	const password = secret();
	const port = await freePort();
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (account) {
		for (const path of [folder, passwordFile]) await chown(path, account.uid, account.gid);
	}
	const initdb = [
		...[join(programs, 'initdb'), '-D', data, '-U', 'n8n', '--pwfile', passwordFile],
		...['-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync'],
	];
	await run(initdb[0], initdb.slice(1), { cwd: folder, account });
	const end = await startServer({
		command: [
			...[join(programs, 'postgres'), '-D', data, '-p', String(port), '-c', 'fsync=off'],
			...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
		],
		folder,
		port,
		signal: 'INT',
		account,
	});
	return {
		url: new URL(`postgres://n8n:${password}@127.0.0.1:${port}/postgres`),
		async end() {
			await end();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function startRedis(): Promise<Server> {
	const program = join(withProgram('redis-server'), 'redis-server');
	const folder = await mkdtemp(join(tmpdir(), 'redis-'));
	const port = await freePort();
	const password = secret();
	const settings = join(folder, 'redis.conf');
	await writeFile(
		settings,
		`bind 127.0.0.1\nport ${port}\nrequirepass ${password}\ndir ${folder}\nsave ""\n`,
		{ mode: 0o600 },
	);
	const end = await startServer({ command: [program, settings], folder, port, signal: 'TERM' });
	return {
		url: new URL(`redis://:${password}@127.0.0.1:${port}/0`),
		async end() {
			await end();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Runs JavaScript with n8n's own drivers; the values reach it as environment, so that no error shows them. */
async function withDrivers(script: string, env: Record<string, string>): Promise<void> {
	const { node, script: n8n } = await ensureN8n();
	await run(node, ['-e', script], { cwd: dirname(n8n), env });
}

const QUERY = `
	const { Client } = require('pg');
	const client = new Client(process.env.STORE_URL);
	client.connect().then(() => client.query(process.env.STORE_SQL)).finally(() => client.end());
`;

const query = (url: URL, sql: string): Promise<void> =>
	withDrivers(QUERY, { STORE_URL: url.href, STORE_SQL: sql });

const FORGET = `
	const Redis = require('ioredis');
	const client = new Redis(process.env.STORE_URL);
	(async () => {
		const keys = await client.keys(process.env.STORE_PREFIX + '*');
		if (keys.length > 0) await client.del(keys);
	})().finally(() => client.disconnect());
`;

const addressOf = (variable: string): Server | undefined => {
	const url = process.env[variable];
	return url ? { url: new URL(url) } : undefined;
};

const decoded = ({ username, password }: URL) => ({
	user: decodeURIComponent(username),
	password: decodeURIComponent(password),
});

function settings(postgres: URL, redis: URL, name: string): Record<string, string> {
	const [database, queue] = [decoded(postgres), decoded(redis)];
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.hostname,
		DB_POSTGRESDB_PORT: postgres.port || '5432',
		DB_POSTGRESDB_USER: database.user,
		DB_POSTGRESDB_PASSWORD: database.password,
		DB_POSTGRESDB_DATABASE: name,
		QUEUE_BULL_REDIS_HOST: redis.hostname,
		QUEUE_BULL_REDIS_PORT: redis.port || '6379',
		QUEUE_BULL_REDIS_USERNAME: queue.user,
		QUEUE_BULL_REDIS_PASSWORD: queue.password,
		QUEUE_BULL_REDIS_DB: redis.pathname.slice(1) || '0',
		QUEUE_BULL_REDIS_TLS: String(redis.protocol === 'rediss:'),
		QUEUE_BULL_PREFIX: name,
		N8N_REDIS_KEY_PREFIX: name,
	};
}

export async function openStores(): Promise<Stores> {
	const name = `n8n_test_${secret()}`;
	const closers: Array<() => Promise<void>> = [];
	const close = async (): Promise<void> => {
		for (const closer of closers.splice(0).reverse()) await closer();
	};
	try {
		const postgres = addressOf('QUEUE_TEST_POSTGRES_URL') ?? (await startPostgres());
		if (postgres.end) {
			closers.push(postgres.end);
			// It takes connections a little before it takes queries.
			await until('PostgreSQL', () =>
				query(postgres.url, 'SELECT 1').then(
					() => true,
					() => undefined,
				),
			);
		}
		await query(postgres.url, `CREATE DATABASE ${name}`);
		if (!postgres.end) {
			closers.push(() => query(postgres.url, `DROP DATABASE ${name} WITH (FORCE)`));
		}
		const redis = addressOf('QUEUE_TEST_REDIS_URL') ?? (await startRedis());
		closers.push(
			redis.end ?? (() => withDrivers(FORGET, { STORE_URL: redis.url.href, STORE_PREFIX: name })),
		);
		return { env: settings(postgres.url, redis.url, name), close };
	} catch (error) {
		await close();
		throw error;
	}
}
