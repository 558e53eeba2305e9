const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** TypeScript compiles the code; everything else that n8n reads at run time is copied beside it. */
const ASSETS = [
	'credentials/*.svg', // icons
	'nodes/**/*.svg',
	'nodes/**/*.node.json', // codex: categories and search words
	'nodes/**/__schema__/**/*.json', // output schemas for the editor
];

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.assets = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
