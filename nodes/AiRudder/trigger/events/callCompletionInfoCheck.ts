import { objects, valuesOf, type Payload } from '../../records/read';
import { callNotice, isCallNotice } from './calls';
import type { WebhookEvent } from './event';

/** The name of the block is not known; its twin in the custom API node's push is `question_answer`. */
function hasAnswers(call: Payload): boolean {
	for (const key in call) {
		if (Array.isArray(call[key]) && /question/i.test(key)) return true;
	}
	return false;
}

/** Calls of an info-check task have ended (assumed): as the other, with questions and answers. */
export const callCompletionInfoCheck: WebhookEvent = {
	...callNotice,
	option: {
		name: 'Call Completion (Info Check)',
		value: 'callCompletionInfoCheck',
		action: 'On call completion in info check',
		description: 'A call of an info check task has ended, with its questions and answers',
	},
	provenance: 'assumed',
	recognises: (payload) =>
		isCallNotice(payload) && objects(valuesOf(payload.Details)).some(hasAnswers),
};
