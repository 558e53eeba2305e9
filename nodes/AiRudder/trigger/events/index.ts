import type { Payload } from '../../records/read';
import { apiNodePush } from './apiNodePush';
import { callCompletion } from './callCompletion';
import { callCompletionInfoCheck } from './callCompletionInfoCheck';
import { chatbotSessionEnd } from './chatbotSessionEnd';
import { dialerAgentStatus } from './dialerAgentStatus';
import { dialerContactStatus } from './dialerContactStatus';
import { dialerTaskStatus } from './dialerTaskStatus';
import type { WebhookEvent } from './event';
import { listCompletion } from './listCompletion';
import { unknown } from './unknown';
import { wabaMessage } from './wabaMessage';
import { workflowStatus } from './workflowStatus';

/** In the order in which they are tried; the first that recognises a payload has it. */
export const EVENTS: readonly WebhookEvent[] = [
	// Signed notices first: what looks like one has to be signed like one.
	callCompletionInfoCheck,
	callCompletion,
	dialerTaskStatus,
	dialerContactStatus,
	dialerAgentStatus,
	apiNodePush,
	chatbotSessionEnd,
	wabaMessage,
	listCompletion,
	workflowStatus,
	unknown,
];

export const recognise = (payload: Payload): WebhookEvent =>
	EVENTS.find((event) => event.recognises(payload)) ?? unknown;

/** Whether the user has selected an event, or one that it cannot be told from for certain. */
export const isWanted = (
	{ option, selectedBy = [option.value] }: WebhookEvent,
	selected: readonly string[],
): boolean => selectedBy.some((name) => selected.includes(name));
