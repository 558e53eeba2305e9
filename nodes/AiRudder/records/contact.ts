import { text } from './read';

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

export type ContactField = keyof typeof CONTACT_FIELDS;

export type ContactRecord = Record<ContactField, string | null>;

/** `field` gives what stands in one of the fields above. */
export const contactRecord = (field: (name: ContactField) => unknown): ContactRecord => ({
	name: text(field('name')),
	gender: text(field('gender')),
	platformName: text(field('platformName')),
	comments: text(field('comments')),
	borrowedDate: text(field('borrowedDate')),
	dueDate: text(field('dueDate')),
	borrowedAmount: text(field('borrowedAmount')),
	totalOwingAmount: text(field('totalOwingAmount')),
	currencyUnit: text(field('currencyUnit')),
	extraA: text(field('extraA')),
	extraB: text(field('extraB')),
	extraC: text(field('extraC')),
});
