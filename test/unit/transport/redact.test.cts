import {
	maskPhoneNumber,
	quotable,
	quotableEntry,
} from '../../../nodes/AiRudder/transport/redact.ts';

test.each([
	['callee +12025550123 is invalid', 'callee …123 is invalid'],
	['12025550123', '…123'],
	['+1 (202) 555-0123 and +44 20 7946 0958', '…123 and …958'],
	['uploaded 2026-11-21 12025550123 already', 'uploaded 2026-11-21 …123 already'],
	['2026-11-21 05:37:07', '2026-11-21 05:37:07'],
	['+2011-10-1234-567', '…567'],
	['code 77777 at 2026-11-20', 'code 77777 at 2026-11-20'],
	['<html><b>Not  found</b></html>', 'Not found'],
])('%s is quoted as %s', (text, quoted) => {
	expect(quotable(text)).toBe(quoted);
});

test('secrets are taken out, and a long text is cut', () => {
	expect(quotable('the token s3cret is dead', ['s3cret', ''])).toBe('the token *** is dead');
	expect(quotable('x'.repeat(1000))).toHaveLength(300);
});

test('a number is shown by its last three digits', () => {
	expect(maskPhoneNumber('+12025550123')).toBe('…123');
});

test.each([
	['+1 (202) 555-0123', '…123'],
	['+1\u2011202\u2011555\u20110123', '…123'],
	['55c6fcbaef9546fb5c932e3173768fe6', '55c6fcbaef9546fb5c932e3173768fe6'],
	['due_date', 'due_date'],
])('what the user entered, %s, is quoted as %s', (entry, quoted) => {
	expect(quotableEntry(entry)).toBe(quoted);
});
