/** RESULTS.md: one section a benchmark, so that one can be measured again without the others. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const FILE = join(__dirname, '../RESULTS.md');

const HEAD = `# Benchmarks

Written by \`npm run bench\`; \`npm run bench -- --only <name>\` replaces one section. Peers run side by side in the same n8n; figures are medians. The machines differ and so do the times: read the ratios.`;

const titleOf = (section: string): string => section.split('\n', 1)[0].trim();

/** The sections of the file by their titles, in its order. */
async function storedSections(): Promise<Map<string, string>> {
	const text = await readFile(FILE, 'utf8').catch(() => '');
	const sections = text.split(/^(?=## )/m).slice(1);
	return new Map(sections.map((section) => [titleOf(section), section.trim()]));
}

/** Puts the section in the place of its former self, in the given order of titles. */
export async function store(section: string, order: readonly string[]): Promise<void> {
	const sections = await storedSections();
	sections.set(titleOf(section), section);
	const place = (title: string): number => order.indexOf(title.replace(/^## /, ''));
	const ordered = [...sections].sort(([a], [b]) => place(a) - place(b)).map(([, text]) => text);
	const options = await resolveConfig(FILE);
	const text = await format(`${[HEAD, ...ordered].join('\n\n')}\n`, { ...options, filepath: FILE });
	await writeFile(FILE, text);
}
