/**
 * `npm run demo`: the package in a real n8n, with nobody's account and nobody really called.
 * `npm run demo -- --check`: the same without a person, until every outcome has come back.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDemo, type Demo } from './demo/demo.cts';
import { describeOutcome, followOutcomes, type Outcome } from './demo/outcomes.cts';
import { receiverOf, reportToPublished, type Listening } from './demo/publishedTriggers.cts';
import { welcome } from './demo/welcome.cts';
import { errorOf } from './real-n8n/execution.cts';
import { hold } from './real-n8n/lock.cts';
import { RUNTIME } from './real-n8n/paths.cts';

const CONTACTS = 10;
const CHECK_MS = 120_000;

const print = (text: string): void => {
	process.stdout.write(`${text}\n`);
};

/** Resolves at Ctrl-C, or when the terminal or the service manager ends the demo. */
function untilStopped(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
			process.on(signal, () => resolve());
	});
}

async function show(demo: Demo, stopped: Promise<void>): Promise<void> {
	const { client, campaign, outcomes, simulator, workflowUrl } = demo;
	const stop = new AbortController();
	const receiver = (await receiverOf(client, 'callCompletion')) ?? outcomes;
	print(welcome(workflowUrl(campaign.id), workflowUrl(receiver.id)));
	const report = (outcome: Outcome): void => {
		// A trigger of the user's may report other things than calls.
		if ('answered' in outcome) print(describeOutcome(outcome));
	};
	const follow = ({ id, trigger }: Pick<Listening, 'id' | 'trigger'>) =>
		followOutcomes(client, id, trigger, report, stop.signal);
	const followed = new Map([[outcomes.id, follow(outcomes)]]);
	const tell = (listening: Listening): void => {
		const { id, name, events } = listening;
		print(`  The simulator now reports ${events.join(', ')} to '${name}':`);
		print(`    ${workflowUrl(id)}/executions`);
		if (!followed.has(id)) followed.set(id, follow(listening));
	};
	await Promise.race([stopped, reportToPublished(client, simulator, tell, stop.signal)]);
	stop.abort();
	print('\nEnding n8n and the simulator …');
	await Promise.all(followed.values());
}

async function check({ client, campaign, outcomes }: Demo): Promise<void> {
	const stop = new AbortController();
	const timeout = AbortSignal.timeout(CHECK_MS);
	const received: Outcome[] = [];
	const report = (outcome: Outcome): void => {
		received.push(outcome);
		print(describeOutcome(outcome));
	};
	const signal = AbortSignal.any([stop.signal, timeout]);
	const following = followOutcomes(client, outcomes.id, outcomes.trigger, report, signal);
	const run = await client.runManually(campaign.id, campaign.trigger);
	if (run.status !== 'success') {
		throw new Error(`The demo workflow ended with ${run.status}: ${errorOf(run)?.message ?? ''}`);
	}
	while (received.length < CONTACTS && !timeout.aborted) await sleep(200);
	stop.abort();
	await following;
	const numbers = new Set(received.map(({ phoneNumber }) => phoneNumber));
	if (received.length !== CONTACTS || numbers.size !== CONTACTS) {
		throw new Error(
			`Expected ${CONTACTS} outcomes of ${CONTACTS} contacts, got ${received.length} of ${numbers.size}.`,
		);
	}
	print(`Demo check: ${CONTACTS} contacts uploaded, ${received.length} outcomes came back.`);
}

async function main(): Promise<void> {
	const unattended = process.argv.includes('--check');
	const name = unattended ? 'demo-check' : 'demo';
	const held = await hold(join(RUNTIME, `${name}.lock`));
	if (held.owner !== undefined) {
		throw new Error(`The demo is running already (process ${held.owner}): end that one first.`);
	}
	try {
		const demo = await startDemo(name);
		try {
			await (unattended ? check(demo) : show(demo, untilStopped()));
		} finally {
			await demo.close();
		}
	} finally {
		await held.release();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(`\n${error instanceof Error ? error.message : String(error)}`);
		process.exit(1);
	},
);
