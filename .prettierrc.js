module.exports = {
	printWidth: 100,
	singleQuote: true,
	trailingComma: 'all',
	useTabs: true,
	overrides: [{ files: ['*.json', '*.yml', '*.md'], options: { useTabs: false } }],
};
