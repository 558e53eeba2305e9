const { EmptyTrigger } = require('./EmptyTrigger.node.js');
const records = require('./records.json');

/** The least that gives items like those of AI Rudder Trigger: they are ready, only the call's ID is put in. */
exports.RecordTrigger = class extends EmptyTrigger {
	constructor() {
		super();
		this.description = {
			...this.description,
			displayName: 'Record Trigger',
			name: 'recordTrigger',
			description: 'Gives a ready record for each call of a notice',
			defaults: { name: 'Record Trigger' },
		};
	}

	async webhook() {
		const items = this.getBodyData().Details.map(({ CallID }, index) => ({
			json: { ...records[index], callId: CallID },
		}));
		return { webhookResponse: {}, workflowData: [items] };
	}
};
