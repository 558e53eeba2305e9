/** Call Completion (Info Check) (A): a call notice whose rows carry questions and answers. */
import { infoCheckRow } from '../rows.cts';
import { callNotice } from './callCompletion.cts';
import type { EventDefinition } from './event.cts';

export const callCompletionInfoCheck: EventDefinition = {
	mark: 'A',
	signature: 'sign',
	build: (scene, options) => callNotice(scene, options, infoCheckRow),
};
