/** Dialogues in the vendor's `AsrResult` shape: robot and callee never on the same line. */
import type { Random } from './random.cts';

export interface TranscriptLine {
	time: string;
	robottext: string;
	text: string;
}

const OPENING = ['Good morning, may I have a minute of your time?', 'Hello, this is a reminder.'];
const QUESTIONS = ['When will you be able to pay?', 'Is the amount correct?', 'Anything else?'];
const REPLIES: Record<string, string[]> = {
	A: ['Yes, I will pay tomorrow.', 'On Friday.'],
	B: ['I have paid already.'],
	C: ['Can I have another week?'],
	D: ['No, I will not.'],
	E: ['I am not sure.', 'Let me think about it.'],
	G: ['I am driving, call me later.'],
	H: ['You have the wrong person.'],
};

/** Intentions without replies (nobody spoke, a machine) give lines with empty `text`, as (D). */
export function dialogue(random: Random, intention: string): TranscriptLine[] {
	const replies = REPLIES[intention] ?? ['', ''];
	let second = 0;
	const line = (robottext: string, text: string): TranscriptLine => {
		const time = `00:00:${String(second).padStart(2, '0')}`;
		second += random.between(2, 6);
		return { time, robottext, text };
	};
	return [
		line(random.pick(OPENING), ''),
		...replies.flatMap((reply, index) => [
			line('', reply),
			line(QUESTIONS[index % QUESTIONS.length], ''),
		]),
	];
}
