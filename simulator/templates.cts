/** The workflow templates that stand ready, as if drawn in the vendor's console. */

/** The kinds of step a contact goes through; the vendor's own `node_type` values are unknown. */
export type NodeType = 'voicebot' | 'waba' | 'api' | 'pds';

export interface Template {
	id: number;
	name: string;
	/** Info Check robots ask questions; their notices carry the answers. */
	infoCheck: boolean;
	/** Dials after the first one, and the simulated wait before each. */
	redials: number;
	redialWaitMs: number;
	robotId: string;
	nodes: Array<{ type: NodeType; name: string }>;
	createdAt: Date;
}

const VOICE = { type: 'voicebot', name: 'Voicebot Call1' } as const;
const API = { type: 'api', name: 'API1' } as const;

type Drawn = Partial<Template> & { id: number; name: string };

const drawn: Drawn[] = [
	{ id: 1001, name: 'Payment reminder' },
	{ id: 1002, name: 'Identity check (Info Check)', infoCheck: true },
	{
		id: 1003,
		name: 'Payment reminder with WhatsApp',
		nodes: [VOICE, API, { type: 'waba', name: 'WABA Template1' }],
	},
	{
		id: 1004,
		name: 'Predictive dialer campaign',
		nodes: [{ type: 'pds', name: 'Predictive Dialer1' }],
	},
	{ id: 1005, name: 'One dial only', redials: 0 },
	// Enough of them that paging has something to do.
	...Array.from({ length: 45 }, (_, index) => ({
		id: 1006 + index,
		name: `Campaign ${String(index + 1).padStart(2, '0')}`,
	})),
];

export const templates: ReadonlyMap<number, Template> = new Map(
	drawn.map((template, index) => [
		template.id,
		{
			infoCheck: false,
			redials: 2,
			redialWaitMs: 60_000,
			// Both spellings occur: a short number and 32 hex characters (C).
			robotId: index % 2 === 0 ? '4585' : '0123456789abcdef0123456789abcdef',
			nodes: [VOICE, API],
			// The newest comes first in a list.
			createdAt: new Date(Date.UTC(2024, 0, 1 + drawn.length - index)),
			...template,
		},
	]),
);
