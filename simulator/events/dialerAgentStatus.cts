/** Predictive Dialer Agent Status (C): as the contact's, but `State` with a capital S. */
import type { EventDefinition } from './event.cts';
import { dialerContact } from './dialerContactStatus.cts';
import { dialerHead } from './dialerTaskStatus.cts';

export const dialerAgentStatus: EventDefinition = {
	mark: 'C',
	signature: 'none',
	build: (scene) => ({
		type: 'AgentStatus',
		body: {
			...dialerHead(scene),
			State: scene.state ?? 'TALKRESULT',
			...dialerContact(scene),
			agentName: 'Agent 1',
			customizeResults: {},
			talkremarks: '',
			recLink: '',
		},
	}),
};
