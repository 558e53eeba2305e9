/** The table of events: one line each, one file each. */
import { apiNodePush } from './apiNodePush.cts';
import { callCompletion } from './callCompletion.cts';
import { callCompletionInfoCheck } from './callCompletionInfoCheck.cts';
import { chatbotSessionEnd } from './chatbotSessionEnd.cts';
import { dialerAgentStatus } from './dialerAgentStatus.cts';
import { dialerContactStatus } from './dialerContactStatus.cts';
import { dialerTaskStatus } from './dialerTaskStatus.cts';
import type { EventDefinition } from './event.cts';
import { listCompletion } from './listCompletion.cts';
import { wabaMessage } from './wabaMessage.cts';
import { workflowStatus } from './workflowStatus.cts';

const table = {
	callCompletion,
	callCompletionInfoCheck,
	listCompletion,
	workflowStatus,
	wabaMessage,
	chatbotSessionEnd,
	apiNodePush,
	dialerTaskStatus,
	dialerContactStatus,
	dialerAgentStatus,
};

export type EventName = keyof typeof table;

export const events: Record<EventName, EventDefinition> = table;

export const eventNames: EventName[] = Object.keys(table).filter(isEventName);

export function isEventName(name: string): name is EventName {
	return Object.hasOwn(table, name);
}
