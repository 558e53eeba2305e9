/** The least that a community trigger can do: hand on the body that arrives. */
exports.EmptyTrigger = class {
	constructor() {
		this.description = {
			displayName: 'Empty Trigger',
			name: 'emptyTrigger',
			group: ['trigger'],
			// For a node of version 1 n8n evaluates an expression with every notice.
			version: [1, 1.1],
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
