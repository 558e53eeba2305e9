/** The package in n8n's editor, in a real browser: what a person finds, reads and clicks. */
import { START_MS } from '../e2e/support/world.cts';
import { campaignTests } from './suites/campaign.cts';
import { credentialTests } from './suites/credential.cts';
import { firstFlowTests } from './suites/firstFlow.cts';
import { nodeListTests } from './suites/nodeList.cts';
import { panelTests } from './suites/panels.cts';
import { triggerTests } from './suites/trigger.cts';
import { setStage, type Stage } from './support/stage.cts';

const TEST_MS = 360_000;

jest.setTimeout(TEST_MS);

let stage: Stage;
const theStage = (): Stage => stage;

beforeAll(async () => {
	stage = await setStage();
}, START_MS);

afterAll(() => stage?.close(), TEST_MS);

afterEach(() => {
	const complaints = stage?.editor.complaints.splice(0) ?? [];
	expect(complaints).toEqual([]);
});

describe('the list of nodes', () => nodeListTests(theStage));
describe('the panel of every operation', () => panelTests(theStage));
describe('the demo campaign', () => campaignTests(theStage));
describe('the trigger', () => triggerTests(theStage));
describe('the credential', () => credentialTests(theStage));
describe('the first flow', () => firstFlowTests(theStage));
