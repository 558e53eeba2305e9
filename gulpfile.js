const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, relative } = require('node:path');
const { Transform } = require('node:stream');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

/** Where n8n looks for our classes; n8n has it that each is called as its file begins. */
const CLASSES = [...n8n.nodes, ...n8n.credentials].map((file) => ({
	file,
	name: basename(file).split('.')[0],
	source: file.replace(/^dist/, '.').replace(/js$/, 'ts'),
}));

/** All code in one file: CONTRIBUTING.md says why. */
const BUNDLE = 'dist/airudder.js';

const BANNER = `'use strict';
// Built by gulpfile.js from nodes/ and credentials/: not minified, each part under the name of its file.`;

const clean = () => rm('dist', { recursive: true, force: true });

async function bundle() {
	const { outputFiles } = await build({
		stdin: {
			contents: CLASSES.map(({ source }) => `export * from '${source}';`).join('\n'),
			resolveDir: __dirname,
		},
		write: false,
		bundle: true,
		packages: 'external', // they are n8n's own
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		banner: { js: BANNER },
	});
	await mkdir(dirname(BUNDLE), { recursive: true });
	await writeFile(BUNDLE, requireOnce(outputFiles[0].text));
}

/** esbuild requires a package anew for each of our files, and Node then goes through n8n's folders each time. */
function requireOnce(code) {
	const firstOf = new Map();
	const renamed = new Map();
	return code
		.replace(/^var (import_\w+) = (.+)\n/gm, (line, name, required) => {
			const first = firstOf.get(required);
			if (first === undefined) firstOf.set(required, name);
			else renamed.set(name, first);
			return first === undefined ? line : '';
		})
		.replace(/\bimport_\w+/g, (name) => renamed.get(name) ?? name);
}

/** What n8n requires: one line each, beside the icons, codex and schemas that belong to it. */
const entries = () =>
	Promise.all(
		CLASSES.map(async ({ file, name }) => {
			const path = relative(dirname(file), BUNDLE).replaceAll('\\', '/');
			await mkdir(dirname(file), { recursive: true });
			await writeFile(file, `exports.${name} = require('${path}').${name};\n`);
		}),
	);

/** Everything else that n8n reads at run time. */
const ASSETS = [
	'credentials/*.svg', // icons
	'nodes/**/*.svg',
	'nodes/**/*.node.json', // codex: categories and search words
	'nodes/**/__schema__/**/*.json', // output schemas for the editor
];

const withoutWhiteSpace = () =>
	new Transform({
		objectMode: true,
		transform(file, _, done) {
			if (file.extname === '.json') {
				file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents)));
			}
			done(null, file);
		},
	});

const assets = () =>
	src(ASSETS, { base: '.', encoding: false }).pipe(withoutWhiteSpace()).pipe(dest('dist'));

exports.default = series(clean, parallel(bundle, entries, assets));
