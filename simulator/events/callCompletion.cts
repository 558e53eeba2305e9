/** Call Completion (D): one notice for one or more finished rounds of a voice task. */
import { sign } from '../signature.cts';
import type { SimulatorOptions } from '../options.cts';
import { callRow } from '../rows.cts';
import type { Round } from '../state.cts';
import { nodeHead, type Body, type EventDefinition, type Scene } from './event.cts';

type Row = (round: Round, timeZone: string) => Body;

export const callNotice = (scene: Scene, options: SimulatorOptions, row: Row): Body => ({
	...nodeHead(scene),
	TaskID: scene.node.taskId,
	TaskName: scene.node.taskName,
	Sign: sign(scene.node.taskId, options.signingKey),
	Details: (scene.rounds ?? []).map((round) => row(round, options.timeZone)),
});

export const callCompletion: EventDefinition = {
	mark: 'D',
	signature: 'sign',
	build: (scene, options) => callNotice(scene, options, callRow),
};
