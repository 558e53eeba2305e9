/** The vendor's published examples, as text, kept with the tests. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../vendor-examples');

export const vendorExample = (name: string): Promise<string> =>
	readFile(join(FOLDER, name), 'utf8');
