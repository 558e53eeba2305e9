const { randomUUID } = require('node:crypto');

const RING_RESULTS = {
	busy: 'Busy',
	cantuse: 'Out of credit',
	holdline: 'On hold',
	normal: 'Rang',
	outofarea: 'Out of service area',
	switchoff: 'Powered off',
	unregister: 'Not registered',
	wrongnum: 'Invalid number',
};

const secondsOf = (call) => (Date.parse(call.CallEndTime) - Date.parse(call.CallStartTime)) / 1000;

/** One call as AI Rudder Trigger gives it, for the notices of the benchmark: emptyTrigger.cts compares. */
const recordOf = (notice, call, receivedAt) => ({
	event: 'callCompletion',
	phoneNumber: call.CalleeNumber,
	caseId: call.CaseID,
	status: call.Status,
	answered: call.CallStartTime !== call.CallEndTime,
	intention: call.Intention,
	intentionDescription: call.intention_description || null,
	startedAt: new Date(call.CallStartTime).toISOString(),
	endedAt: new Date(call.CallEndTime).toISOString(),
	startedAtLocal: null,
	endedAtLocal: null,
	talkSeconds: secondsOf(call),
	ringSeconds: call.RingTime,
	ringResult: RING_RESULTS[call.RingType] ?? call.RingType,
	hangup:
		call.CallStartTime === call.CallEndTime
			? null
			: call.HangupType === 'ByRobot'
				? 'bot'
				: 'contact',
	dialCount: call.CallTimes,
	talkRounds: call.TalkRound,
	callerNumber: call.caller_number,
	robotId: call.RobotID,
	labels: call.EventLabel,
	slots: call.NerSlots,
	promiseToPay: null,
	agreedToWhatsApp: null,
	transcript: call.AsrResult.filter(({ robottext, text }) => robottext || text).map(
		({ time, robottext, text }) => ({
			at: time,
			speaker: robottext ? 'bot' : 'contact',
			text: robottext || text,
		}),
	),
	redials: call.RedailCall.map((dial) => ({
		callId: dial.CallID,
		phoneNumber: dial.callee_number,
		callerNumber: dial.caller_number,
		startedAtLocal: dial.CallStartTime,
		ringSeconds: dial.RingTime,
		ringResult: RING_RESULTS[dial.RingType] ?? dial.RingType,
		hangupType: dial.HangupType,
		intention: dial.ResultLabel,
	})),
	questionAnswers: [],
	variables: call.Variables,
	contact: {
		name: call.CalleeName || null,
		gender: call.CalleeGender || null,
		platformName: call.PlatformName || null,
		comments: call.Comments || null,
		borrowedDate: call.BorrowedDate || null,
		dueDate: call.DueDate || null,
		borrowedAmount: call.BorrowedAmount || null,
		totalOwingAmount: call.TotalOwingAmount || null,
		currencyUnit: call.CurrencyUnit || null,
		extraA: call.ExtraA || null,
		extraB: call.ExtraB || null,
		extraC: call.ExtraC || null,
	},
	recordingUrl: null,
	workflowId: notice.workflow_id,
	workflowName: notice.workflow_name,
	nodeTaskId: notice.nodetask_id,
	nodeTaskName: notice.nodetask_name,
	taskId: notice.TaskID,
	taskName: notice.TaskName,
	callId: call.CallID,
	otherFields: { id: call.id },
	eventId: randomUUID().replaceAll('-', ''),
	receivedAt,
});

/** What AI Rudder Trigger gives for a notice, made as directly as can be. */
exports.recordsOf = (notice) => {
	const receivedAt = new Date().toISOString();
	return notice.Details.map((call) => recordOf(notice, call, receivedAt));
};
