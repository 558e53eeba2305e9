/** An IP address as bits. An IPv6 address that wraps an IPv4 address counts as that one. */
interface Address {
	family: 4 | 6;
	bits: bigint;
}

interface Range extends Address {
	/** How many of the leading bits count. */
	prefix: number;
}

const LENGTH = { 4: 32, 6: 128 } as const;
const MAPPED = 0xffffn;
const MAPPED_PREFIX = 96;

/** Whether an address is one of the list, or in one of its ranges. */
export function isListed(address: string, list: string): boolean {
	const sender = parseSender(address);
	return (
		sender !== undefined && splitList(list).some((entry) => contains(parseRange(entry), sender))
	);
}

/** The entries that are no address and no range, and therefore let nobody in. */
export const faultyEntries = (list: string): string[] =>
	splitList(list).filter((entry) => parseRange(entry) === undefined);

/** Some proxies name the port, too: `203.0.113.7:50000`, `[2001:db8::5]:50000`. */
const parseSender = (address: string): Address | undefined =>
	parseAddress(address.replace(/^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/, '$1$2'));

const splitList = (list: string): string[] => list.split(/[\s,;]+/).filter((entry) => entry !== '');

function contains(range: Range | undefined, { family, bits }: Address): boolean {
	if (range === undefined || range.family !== family) return false;
	const rest = BigInt(LENGTH[family] - range.prefix);
	return range.bits >> rest === bits >> rest;
}

/** `10.0.0.0/8`, or a single address. */
function parseRange(entry: string): Range | undefined {
	const [network, length, ...more] = entry.split('/');
	const address = parseAddress(network);
	if (address === undefined || more.length > 0) return undefined;
	if (length === undefined) return { ...address, prefix: LENGTH[address.family] };
	if (!/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
	// A range of wrapped addresses counts the 96 bits of the wrapping.
	const wrapped = address.family === 4 && network.includes(':');
	const prefix = Number(length) - (wrapped ? MAPPED_PREFIX : 0);
	return prefix >= 0 && prefix <= LENGTH[address.family] ? { ...address, prefix } : undefined;
}

function parseAddress(text: string): Address | undefined {
	const v4 = parseV4(text);
	if (v4 !== undefined) return { family: 4, bits: v4 };
	// Behind a `%` stands the network card of a local address.
	const v6 = parseV6(text.replace(/%[^%/\s]+$/, ''));
	if (v6 === undefined) return undefined;
	return v6 >> 32n === MAPPED ? { family: 4, bits: v6 & 0xffff_ffffn } : { family: 6, bits: v6 };
}

function parseV4(text: string): bigint | undefined {
	const parts = text.split('.');
	if (parts.length !== 4) return undefined;
	let bits = 0n;
	for (const part of parts) {
		// A leading zero means octal to some: such an address is ambiguous.
		if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
		bits = (bits << 8n) | BigInt(part);
	}
	return bits;
}

function parseV6(text: string): bigint | undefined {
	const halves = text.split('::');
	if (halves.length > 2) return undefined;
	const [head, tail] = halves.map(groupsOf);
	if (head === undefined) return undefined;
	if (halves.length === 1) return head.length === 8 ? join(head) : undefined;
	if (tail === undefined || head.length + tail.length > 7) return undefined;
	// An IPv4 address ends an IPv6 address, it does not stand before `::`.
	if (halves[0].includes('.')) return undefined;
	const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0n);
	return join([...head, ...zeros, ...tail]);
}

/** The groups of 16 bits between the colons; the last two may be written as an IPv4 address. */
function groupsOf(text: string): bigint[] | undefined {
	if (text === '') return [];
	const parts = text.split(':');
	const groups: bigint[] = [];
	for (const [index, part] of parts.entries()) {
		const v4 = index === parts.length - 1 ? parseV4(part) : undefined;
		if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn);
		else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
		else return undefined;
	}
	return groups;
}

const join = (groups: bigint[]): bigint =>
	groups.reduce((bits, group) => (bits << 16n) | group, 0n);

/** Enough of an address to find it in the list, without naming a machine in the log. */
export function maskAddress(address: string): string {
	const parsed = parseSender(address);
	if (parsed === undefined) return 'unknown address';
	if (parsed.family === 4)
		return `${[24n, 16n, 8n].map((at) => (parsed.bits >> at) & 0xffn).join('.')}.x`;
	const groups = [112n, 96n, 80n].map((at) => ((parsed.bits >> at) & 0xffffn).toString(16));
	return `${groups.join(':')}:x`;
}
