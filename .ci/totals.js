/** Sums jest's reports into the one line that CI reads. No executed test at all is a failure. */
const { existsSync, readFileSync } = require('node:fs');

const reports = process.argv
	.slice(2)
	.filter((file) => existsSync(file))
	.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const total = (field) => reports.reduce((sum, report) => sum + report[field], 0);

const passed = total('numPassedTests');
// A test file that cannot even be loaded has no tests to count, but it has failed.
const failed = total('numFailedTests') + total('numRuntimeErrorTestSuites');
const skipped = total('numPendingTests') + total('numTodoTests');

console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = passed + failed === 0 || failed > 0 ? 1 : 0;
