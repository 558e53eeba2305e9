/** The command line: run the simulator, or fire one notice at a URL. */
import { parseArgs } from 'node:util';
import { eventNames, isEventName, rejectSuffix, startSimulator, type EventName } from './index.cts';
import { DEFAULTS } from './options.cts';

const HELP = `A simulated AI Rudder, for development.

  npm run simulator                          start it
  npm run simulate -- <event> <url>          send one notice of an event to a URL

Start:
  --port <n>            default 8089
  --host <name>         default 127.0.0.1
  --speed <n>           time multiplier, default 60: a minute per second
  --seed <n>            decides the outcome of the calls, default 1
  --app-key <text>      default demo-app-key
  --app-secret <text>   default demo-app-secret
  --signing-key <text>  KEY of the call notices, default airudder (the vendor's)
  --webhook <event>=<url>   where to send an event; may be repeated
  --reject-suffix <digits>  refuse numbers that end so

Fire:
  --count <n>           so many different notices, default 1
  --copies <n>          so many copies of each at once, default 1
  --calls <n>           entries of a call notice, default 1
  --wrong-sign          with a Sign that does not fit
  --signing-key <text>

Events: ${eventNames.join(', ')}`;

const options = {
	help: { type: 'boolean', short: 'h' },
	port: { type: 'string', default: '8089' },
	host: { type: 'string', default: '127.0.0.1' },
	speed: { type: 'string', default: '60' },
	seed: { type: 'string', default: '1' },
	'app-key': { type: 'string', default: DEFAULTS.appKey },
	'app-secret': { type: 'string', default: DEFAULTS.appSecret },
	'signing-key': { type: 'string', default: DEFAULTS.signingKey },
	webhook: { type: 'string', multiple: true },
	'reject-suffix': { type: 'string' },
	count: { type: 'string', default: '1' },
	copies: { type: 'string', default: '1' },
	calls: { type: 'string', default: '1' },
	'wrong-sign': { type: 'boolean' },
} as const;

class UsageError extends Error {}

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true });
type Flags = ReturnType<typeof parse>['values'];

function number(flags: Flags, name: 'port' | 'speed' | 'seed' | 'count' | 'copies' | 'calls') {
	const value = Number(flags[name]);
	if (!Number.isFinite(value) || value < 0 || (name === 'speed' && value === 0))
		throw new UsageError(`--${name} takes a number`);
	return value;
}

function event(name: string | undefined) {
	if (name !== undefined && isEventName(name)) return name;
	throw new UsageError(`no such event: ${name ?? ''}\nEvents: ${eventNames.join(', ')}`);
}

function webhook(pair: string): [EventName, string] {
	const [name, ...url] = pair.split('=');
	return [event(name), url.join('=')];
}

async function start(flags: Flags): Promise<void> {
	const suffix = flags['reject-suffix'];
	const simulator = await startSimulator({
		port: number(flags, 'port'),
		host: flags.host,
		speed: number(flags, 'speed'),
		seed: number(flags, 'seed'),
		appKey: flags['app-key'],
		appSecret: flags['app-secret'],
		signingKey: flags['signing-key'],
		...(suffix === undefined ? {} : { rejectContact: rejectSuffix(suffix) }),
		webhooks: Object.fromEntries((flags.webhook ?? []).map(webhook)),
		log: console.log,
	});
	const { appKey, appSecret, signingKey } = simulator.options;
	console.log(`Simulated AI Rudder on ${simulator.url}`);
	console.log(`App Key ${appKey}, App Secret ${appSecret}, signing key ${signingKey}`);
	console.log('Ctrl-C ends it.');
	const end = () => void simulator.close();
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
}

async function fire(flags: Flags, name: string | undefined, url: string | undefined) {
	if (url === undefined || !URL.canParse(url))
		throw new UsageError('fire takes an event and a URL');
	const known = event(name);
	const count = number(flags, 'count');
	const how = {
		copies: number(flags, 'copies'),
		calls: number(flags, 'calls'),
		wrongSign: flags['wrong-sign'] === true,
	};
	const simulator = await startSimulator({
		// Another seed each time, so that the outcomes differ from call to call.
		seed: Date.now(),
		signingKey: flags['signing-key'],
	});
	for (let sent = 0; sent < count; sent++) {
		for (const delivery of await simulator.fire(known, {}, url, how)) {
			const answer = delivery.error ?? `HTTP ${delivery.status} ${delivery.answer}`;
			console.log(`${delivery.event} in ${delivery.durationMs} ms: ${answer}`);
			if (delivery.status !== 200) process.exitCode = 1;
		}
	}
	await simulator.close();
}

async function main(): Promise<void> {
	const { values, positionals } = parse(process.argv.slice(2));
	const [command, ...rest] = positionals;
	if (values.help) console.log(HELP);
	else if (command === undefined) await start(values);
	else if (command === 'fire') await fire(values, rest[0], rest[1]);
	else throw new UsageError(`no such command: ${command}`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	if (error instanceof UsageError) console.error('See --help.');
	process.exitCode = 1;
});
