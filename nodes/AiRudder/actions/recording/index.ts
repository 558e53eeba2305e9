import { resource } from '../operation';
import { download } from './download.operation';
import { getAll } from './getAll.operation';

export const recording = resource(
	{
		name: 'Recording',
		value: 'recording',
		description: 'What was said in a call, as an audio file',
	},
	[download, getAll],
);
