import type { INodeProperties } from 'n8n-workflow';
import { documentationUrl, endpoint, type EndpointName } from '../../transport/endpoints';

/** For an endpoint whose path is an assumption: says so, and where to put it right. */
export function assumedNotice(name: EndpointName): INodeProperties[] {
	const known = endpoint(name);
	if (known.provenance !== 'assumed') return [];
	return [
		{
			displayName: `This operation's path is assumed, because AI Rudder's page on it could not be read. If AI Rudder does not know it, look it up in <a href="${documentationUrl(known)}" target="_blank">AI Rudder's documentation</a> and enter it in the credential under 'Endpoint Overrides' for '${known.title}'.`,
			name: 'assumedNotice',
			type: 'notice',
			default: '',
		},
	];
}
