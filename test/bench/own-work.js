/**
 * Our compiled nodes without n8n, timed in a Node of its own, the one that runs n8n: what a TypeScript
 * loader adds to every function would otherwise be measured along. Prints JSON; started by inProcess.cts.
 */
const { readFileSync } = require('node:fs');

const [, , codeFile, inputFile] = process.argv;
const { roundsToCount, signingKey, notices, answer } = JSON.parse(readFileSync(inputFile, 'utf8'));
const { AiRudderTrigger, rowsToItems, callHead, callRecord, findRows } = require(codeFile);

const silent = () => {};
const parameters = { events: ['callCompletion'], options: {}, simplify: true };

/** The parts of n8n's context that the trigger uses, each as cheap as can be. */
const contextOf = (body) => ({
	getMode: () => 'webhook',
	getNode: () => ({ id: 'node', name: 'AI Rudder Trigger' }),
	getWorkflow: () => ({ id: 'workflow' }),
	getNodeParameter: (name, fallback) => parameters[name] ?? fallback,
	getCredentials: async () => ({
		appKey: '',
		appSecret: '',
		baseUrl: '',
		signingSecret: signingKey,
	}),
	getRequestObject: () => ({ body, headers: { 'content-type': 'application/json' } }),
	getResponseObject: () => ({ statusCode: 200, writableEnded: true, closed: true }),
	getWorkflowStaticData: () => ({}),
	logger: { debug: silent, info: silent, warn: silent, error: silent },
});

/** Milliseconds a piece of work, a mean for each round; the first ones are for the compiler. */
async function roundsOf(items, perRound, work) {
	const means = [];
	for (let from = 0; from + perRound <= items.length; from += perRound) {
		const start = performance.now();
		for (const item of items.slice(from, from + perRound)) await work(item);
		means.push((performance.now() - start) / perRound);
	}
	return means.slice(-roundsToCount);
}

const trigger = new AiRudderTrigger();

const receive = (calls) => async (body) => {
	const { workflowData } = await trigger.webhook.call(contextOf(body));
	if (workflowData?.[0].length !== calls) throw new Error(`not ${calls} items`);
};

/** As many as the trigger remembers: from then on it forgets one for each that comes. */
const REMEMBERED = 100_000;

function heapUsed() {
	gc();
	return process.memoryUsage().heapUsed;
}

/** Bytes on the heap before and after every so many notices of one call, each of a call of its own. */
async function heapOf([first], times) {
	const body = JSON.parse(first);
	const [call] = body.Details;
	const heap = [heapUsed()];
	for (let count = 0; count < times * REMEMBERED; ) {
		const notice = { ...body, Details: [{ ...call, CallID: `memory-${count}` }] };
		await trigger.webhook.call(contextOf(notice));
		if (++count % REMEMBERED === 0) heap.push(heapUsed());
	}
	return heap;
}

function toItems(text) {
	const rows = findRows(JSON.parse(text).data);
	rowsToItems({ rows, responses: [] }, true, (row) => callRecord(row, callHead({ TaskID: 't' })));
}

const copy = (text) => structuredClone(JSON.parse(text));

async function main() {
	const results = { notices: [] };
	for (const { calls, perRound, texts } of notices) {
		const bodies = texts.map((text) => JSON.parse(text));
		results.notices.push({ calls, rounds: await roundsOf(bodies, perRound, receive(calls)) });
	}
	const answers = Array.from({ length: roundsToCount + 2 }, () => answer);
	results.toItems = await roundsOf(answers, 1, toItems);
	results.copying = await roundsOf(answers, 1, copy);
	results.heap = await heapOf(notices[0].texts, 4);
	process.stdout.write(JSON.stringify(results));
}

main();
