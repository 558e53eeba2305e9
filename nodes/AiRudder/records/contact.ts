import { read, text, type Payload } from './read';

/** What a contact was uploaded with, beside number, case ID and variables: our name → the vendor's. */
export const CONTACT_FIELDS = {
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

type ContactField = keyof typeof CONTACT_FIELDS;

export type ContactRecord = Record<ContactField, string | null>;

export function contactRecord(row: Payload): ContactRecord {
	const field = (name: ContactField) => text(read(row, CONTACT_FIELDS[name]));
	return {
		name: field('name'),
		gender: field('gender'),
		platformName: field('platformName'),
		comments: field('comments'),
		borrowedDate: field('borrowedDate'),
		dueDate: field('dueDate'),
		borrowedAmount: field('borrowedAmount'),
		totalOwingAmount: field('totalOwingAmount'),
		currencyUnit: field('currencyUnit'),
		extraA: field('extraA'),
		extraB: field('extraB'),
		extraC: field('extraC'),
	};
}
