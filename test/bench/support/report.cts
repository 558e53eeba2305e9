/** What a benchmark gives: tables, goals that were met or missed, remarks; written as Markdown. */

export interface Table {
	title: string;
	head: readonly string[];
	rows: ReadonlyArray<readonly string[]>;
}

export interface Goal {
	what: string;
	met: boolean;
	/** The figures on which that rests. */
	figures: string;
}

export interface Report {
	tables: Table[];
	goals: Goal[];
	remarks: string[];
}

export interface Benchmark {
	name: string;
	title: string;
	/** How it is measured, for the reader of the results. */
	method: string;
	/** `minutes` is for what runs as long as it is told to. */
	run(quick: boolean, minutes: number): Promise<Report>;
}

const row = (cells: readonly string[]): string =>
	`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

export const tableLines = ({ head, rows }: Omit<Table, 'title'>): string[] => [
	row(head),
	row(head.map(() => '---')),
	...rows.map(row),
];

const goalLine = ({ what, met, figures }: Goal): string =>
	`- ${met ? 'met' : '**missed**'}: ${what} (${figures})`;

/** The section of one benchmark. */
export function toMarkdown({ title, method }: Benchmark, report: Report, where: string): string {
	return [
		`## ${title}`,
		'',
		`${method} ${where}`,
		...report.tables.flatMap((table) => ['', `### ${table.title}`, '', ...tableLines(table)]),
		...(report.goals.length > 0 ? ['', 'Goals:', '', ...report.goals.map(goalLine)] : []),
		...report.remarks.flatMap((remark) => ['', remark]),
	].join('\n');
}
