/** What will come of a contact's calls, decided by seed, number and case id alone. */
import { seeded, type Random } from './random.cts';
import { dialogue, type TranscriptLine } from './transcript.cts';

/** One planned dial; the enums are the vendor's (D). */
export interface CallPlan {
	answered: boolean;
	ringType: string;
	ringSeconds: number;
	talkSeconds: number;
	hangupType: string;
	intention: string;
	intentionDescription: string;
	transcript: TranscriptLine[];
	talkRound: number;
}

interface Miss {
	ringType: string;
	weight: number;
	/** Nobody redials a number that cannot be reached at all. */
	final?: boolean;
}

const MISSES: Miss[] = [
	{ ringType: 'normal', weight: 30 },
	{ ringType: 'busy', weight: 25 },
	{ ringType: 'switchoff', weight: 15 },
	{ ringType: 'outofarea', weight: 10 },
	{ ringType: 'holdline', weight: 5 },
	{ ringType: 'notmatch', weight: 3 },
	{ ringType: 'cantuse', weight: 4, final: true },
	{ ringType: 'wrongnum', weight: 4, final: true },
	{ ringType: 'unregister', weight: 4, final: true },
];

/** Texts are ours: labels and descriptions are set per robot in the vendor's console. */
const INTENTIONS: Record<string, string> = {
	A: 'Promised to Pay',
	B: 'Already Paid',
	C: 'Asks for Extension',
	D: 'Refuses',
	E: 'Needs Follow Up',
	F: 'No Answer by Voice',
	G: 'Busy, Call Later',
	H: 'Wrong Person',
	I: 'Answering Machine',
};

export interface OutcomeRules {
	seed: number;
	answerRate: number;
	redials: number;
}

/** The dials of one round: the last one is answered, or nothing more is tried after it. */
export function planRound(rules: OutcomeRules, callee: string, caseId: string): CallPlan[] {
	const random = seeded(rules.seed, callee, caseId);
	const plans: CallPlan[] = [];
	while (plans.length <= rules.redials) {
		if (random.next() < rules.answerRate) return [...plans, answeredPlan(random)];
		const miss = pickMiss(random);
		plans.push(missedPlan(random, miss));
		if (miss.final) break;
	}
	return plans;
}

function answeredPlan(random: Random): CallPlan {
	const intention = random.pick(Object.keys(INTENTIONS));
	const transcript = dialogue(random, intention);
	return {
		answered: true,
		ringType: 'normal',
		ringSeconds: random.between(2, 20),
		talkSeconds: random.between(8, 90),
		hangupType: random.pick(['ByCallee', 'ByRobot']),
		intention,
		intentionDescription: INTENTIONS[intention],
		transcript,
		talkRound: transcript.filter((line) => line.text !== '').length,
	};
}

const missedPlan = (random: Random, miss: Miss): CallPlan => ({
	answered: false,
	ringType: miss.ringType,
	ringSeconds: miss.ringType === 'normal' ? random.between(15, 30) : 0,
	talkSeconds: 0,
	// The initial value (D): it says nothing about a call that was not answered.
	hangupType: 'ByRobot',
	intention: '--',
	intentionDescription: '',
	transcript: [],
	talkRound: 0,
});

function pickMiss(random: Random): Miss {
	let rest = random.next() * MISSES.reduce((sum, miss) => sum + miss.weight, 0);
	return MISSES.find((miss) => (rest -= miss.weight) < 0) ?? MISSES[0];
}
