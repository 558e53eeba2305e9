/** Loaded before the nodes: pauses between tries are a twentieth of the real ones, as in the integration tests. */
import 'reflect-metadata';
import * as actual from 'n8n-workflow';

const SCALE = 20;

const loaded = require.cache[require.resolve('n8n-workflow')];
if (!loaded) throw new Error('n8n-workflow is not where it was loaded from');
loaded.exports = { ...actual, sleep: (ms: number) => actual.sleep(ms / SCALE) };
