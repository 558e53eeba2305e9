const { EmptyTrigger } = require('./EmptyTrigger.node.js');

/** The least that a community trigger can do that gives one item per call: nothing is looked at. */
exports.SplitTrigger = class extends EmptyTrigger {
	constructor() {
		super();
		this.description = {
			...this.description,
			displayName: 'Split Trigger',
			name: 'splitTrigger',
			description: 'Hands on each call of a notice as it arrives',
			defaults: { name: 'Split Trigger' },
		};
	}

	async webhook() {
		const calls = this.getBodyData().Details;
		return { webhookResponse: {}, workflowData: [calls.map((call) => ({ json: call }))] };
	}
};
