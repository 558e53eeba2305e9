import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { alphabetical } from '../nodes/AiRudder/alphabetical';
import { ENDPOINT_NAMES, endpoint } from '../nodes/AiRudder/transport/endpoints';
import {
	accountOf,
	isUsable,
	loginRefused,
	noteRefusal,
	ownRequests,
	RENEW_BEFORE_HEADER,
	renewSession,
} from '../nodes/AiRudder/transport/login';
import {
	DEFAULT_BASE_URL,
	readSettings,
	settingsFault,
} from '../nodes/AiRudder/transport/settings';

const LOGIN = endpoint('auth');

const CHANGED =
	'The credential was changed while the node was running, so this was not sent to the former address. Run the workflow again.';

/**
 * App Key and App Secret are exchanged for a token of 24 hours. n8n keeps it in the hidden,
 * expirable field and asks for a new one when it is empty, when AI Rudder answers HTTP 401, or when
 * {@link AiRudderApi.authenticate} says that it is of no more use.
 */
export class AiRudderApi implements ICredentialType {
	name = 'aiRudderApi';

	displayName = 'AI Rudder API';

	icon: Icon = { light: 'file:airudder.svg', dark: 'file:airudder.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-airudder/n8n-nodes-airudder?tab=readme-ov-file#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Session Token Account',
			name: 'sessionTokenAccount',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Session Token Obtained At',
			name: 'sessionTokenObtainedAt',
			type: 'hidden',
			typeOptions: { password: true },
			default: 0,
		},
		{
			displayName: 'App Key',
			name: 'appKey',
			type: 'string',
			required: true,
			default: '',
			description: 'The APPKey of your account, as AI Rudder gave it to you',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The APPSecret that belongs to the App Key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			placeholder: 'e.g. https://api.airudder.com',
			description: 'Change this only if AI Rudder gave you another address',
		},
		{
			displayName: 'Webhook Signing Key',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"The KEY that AI Rudder signs call notices with. Empty means AI Rudder's default key, which is public knowledge: anyone could then send you forged outcomes. Agree on a private key with AI Rudder and enter it here.",
		},
		{
			displayName: 'Endpoint Overrides',
			name: 'endpointOverrides',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Override',
			default: {},
			description:
				"Leave this empty unless a node says 'AI Rudder knows no endpoint': some paths are assumed. Then choose the operation and enter the right path.",
			options: [
				{
					displayName: 'Override',
					name: 'values',
					values: [
						{
							displayName: 'Operation',
							name: 'operation',
							type: 'options',
							default: 'workflowTemplate:getAll',
							options: ENDPOINT_NAMES.map((name) => ({
								name: endpoint(name).title,
								value: name,
								description: `${endpoint(name).method} ${endpoint(name).path} (${endpoint(name).provenance})`,
							})).sort((a, b) => alphabetical(a.name, b.name)),
						},
						{
							displayName: 'Path',
							name: 'path',
							type: 'string',
							default: '',
							placeholder: 'e.g. /service/cloud/workflow/templates',
							description: "The path on AI Rudder's host, beginning with a slash",
						},
					],
				},
			],
		},
	];

	/** Throws what n8n takes for an HTTP 401, and answers with a new login, if the token is of no use. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		// A login may have taken too long: contacts that were told as unknown shall not leave after all.
		const own = ownRequests.get(requestOptions);
		if (own?.givenUp.aborted) throw new Error('Nobody waits for this request any more');
		const settings = readSettings(credentials);
		// n8n has read the credential anew: the address is still that of the reading before.
		if (own && own.account !== accountOf(settings)) throw loginRefused(CHANGED);
		// n8n runs the test below without our client, which refuses these: the App Secret goes to no such path.
		const fault = settingsFault(settings);
		if (fault) throw loginRefused(fault);
		const { [RENEW_BEFORE_HEADER]: renewBefore, ...headers } = requestOptions.headers ?? {};
		const refusedBefore = Number(renewBefore ?? 0);
		if (!isUsable(settings, refusedBefore)) {
			noteRefusal(settings, refusedBefore);
			throw Object.assign(new Error('The AI Rudder token has expired'), {
				response: { status: 401 },
			});
		}
		const authenticated = {
			...requestOptions,
			headers: { ...headers, Authorization: `Token ${settings.sessionToken}` },
		};
		if (own) ownRequests.set(authenticated, own);
		return authenticated;
	};

	/** Only the documented login is called, so that a good key passes whatever else is assumed. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ($credentials.baseUrl.trim() || '${DEFAULT_BASE_URL}').replace(/\\/+$/, '') }}`,
			url: `={{ ($credentials.endpointOverrides?.values ?? []).find(({ operation }) => operation === 'auth')?.path.trim() || '${LOGIN.path}' }}`,
			method: LOGIN.method,
			body: {
				APPKey: '={{ String($credentials.appKey).trim() }}',
				APPSecret: '={{ String($credentials.appSecret).trim() }}',
			},
		},
	};

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return { ...(await renewSession(this, readSettings(credentials))) };
	}
}
