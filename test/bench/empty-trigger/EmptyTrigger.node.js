/** The least that a community trigger can do: hand on the body that arrives. */
exports.EmptyTrigger = class {
	constructor() {
		this.description = {
			displayName: 'Empty Trigger',
			name: 'emptyTrigger',
			group: ['trigger'],
			version: 1,
			description: 'Hands on what arrives',
			defaults: { name: 'Empty Trigger' },
			inputs: [],
			outputs: ['main'],
			credentials: [{ name: 'aiRudderApi', required: false }],
			webhooks: [
				{
					name: 'default',
					httpMethod: 'POST',
					responseMode: 'onReceived',
					responseData: '',
					path: 'webhook',
				},
			],
			properties: [],
		};
	}

	async webhook() {
		return { webhookResponse: {}, workflowData: [[{ json: this.getBodyData() }]] };
	}
};
