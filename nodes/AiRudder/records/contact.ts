import { read, text, type Payload } from './read';

/** What a contact was uploaded with, beside number, case ID and variables: our name → the vendor's. */
const CONTACT_FIELDS = {
	name: ['CalleeName', 'callee_name'],
	gender: ['CalleeGender', 'callee_gender'],
	platformName: ['PlatformName', 'platform_name'],
	comments: ['Comments', 'comments'],
	borrowedDate: ['BorrowedDate', 'borrowed_date'],
	dueDate: ['DueDate', 'due_date'],
	borrowedAmount: ['BorrowedAmount', 'borrowed_amount'],
	totalOwingAmount: ['TotalOwingAmount', 'total_owing_amount'],
	currencyUnit: ['CurrencyUnit', 'currency_unit'],
	extraA: ['ExtraA', 'extra_a'],
	extraB: ['ExtraB', 'extra_b'],
	extraC: ['ExtraC', 'extra_c'],
} as const;

export type ContactRecord = Record<keyof typeof CONTACT_FIELDS, string | null>;

export const CONTACT_SPELLINGS: readonly string[] = Object.values(CONTACT_FIELDS).flat();

const FIELD_LIST = Object.entries(CONTACT_FIELDS);

export function contactRecord(payload: Payload): ContactRecord {
	const record: Record<string, string | null> = {};
	for (const [name, spellings] of FIELD_LIST) record[name] = text(read(payload, spellings));
	return record as ContactRecord;
}
