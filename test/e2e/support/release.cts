/** What the n8n that the tests run on does differently from others. */
import { RELEASE } from '../../../scripts/real-n8n/release.cts';

const isN8n1 = RELEASE.version.startsWith('1.');

/** n8n 1.x answers a notice before it stores the execution. */
export const ANSWERS_ONCE_STORED = !isN8n1;

/** The Data Table node of n8n 1.x has operations for rows only. */
export const MAKES_TABLES = !isN8n1;

/** n8n 1.x gives the execution of a dead worker to another one, which runs it from its beginning. */
export const RUNS_AGAIN = isN8n1;
