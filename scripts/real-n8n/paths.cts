/**
 * Where things lie: the repository, and the folder that holds everything installed or kept at run time.
 * That is outside of the repository, so that a real n8n finds none of our development modules, a second
 * clone starts quickly, and lint does not walk through two gigabytes.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

const CACHE = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');

/** `AIRUDDER_RUNTIME` names another folder, such as an empty one to try a first start. */
export const RUNTIME = process.env.AIRUDDER_RUNTIME || join(CACHE, 'n8n-nodes-airudder');
