/** Token Authentication and Obtain: no expiry in the answer. */
import { z } from 'zod';
import { Refusal } from '../envelope.cts';
import { operation } from './operation.cts';

export const auth = operation({
	method: 'POST',
	path: '/service/cloud/auth',
	mark: 'D',
	open: true,
	params: z.object({ APPKey: z.string(), APPSecret: z.string() }),
	handle({ APPKey, APPSecret }, world) {
		const { appKey, appSecret } = world.options;
		if (APPKey !== appKey || APPSecret !== appSecret) {
			throw new Refusal(401, 'APPKey or APPSecret is wrong');
		}
		return { token: world.tokens.issue() };
	},
});
