const { EmptyTrigger } = require('./EmptyTrigger.node.js');
const { recordsOf } = require('./records.js');

/** The least that makes items like those of AI Rudder Trigger: nothing is checked, nothing remembered. */
exports.RecordTrigger = class extends EmptyTrigger {
	constructor() {
		super();
		this.description = {
			...this.description,
			displayName: 'Record Trigger',
			name: 'recordTrigger',
			description: 'Gives a record for each call of a notice',
			defaults: { name: 'Record Trigger' },
		};
	}

	async webhook() {
		const items = recordsOf(this.getBodyData()).map((json) => ({ json }));
		return { webhookResponse: {}, workflowData: [items] };
	}
};
