/** Our reading of addresses and ranges against Node's own, which n8n does not let a node import. */
import { BlockList, isIP, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { faultyEntries, isListed, maskAddress } from '../../../nodes/AiRudder/trigger/addresses.ts';

/** Also such that look like one and are none. */
const almostAddress = fc.oneof(
	fc.ipV4Extended(),
	fc.stringMatching(/^[0-9]{1,3}(\.[0-9]{1,3}){2,4}$/),
	fc.stringMatching(/^[0-9a-fA-F:.]{1,40}$/),
	fc.ipV6().map((address) => address.replace(/:/, '::')),
);

test('takes for an address what Node takes for one', () => {
	fc.assert(
		fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), almostAddress), (text) => {
			expect(faultyEntries(text)).toEqual(isIP(text) === 0 ? [text] : []);
		}),
		{ numRuns: 20_000 },
	);
});

const near = (address: string): fc.Arbitrary<string> =>
	fc.nat(255).map((last) => address.replace(/\d+$/, String(last)));

test('lets in whom Node lets in', () => {
	const pairs = fc.oneof(
		fc.ipV4().chain((network) =>
			fc.record({
				network: fc.constant(network),
				prefix: fc.nat(32),
				sender: fc.oneof(near(network), fc.ipV4()),
			}),
		),
		fc.ipV6().chain((network) =>
			fc.record({
				network: fc.constant(network),
				prefix: fc.nat(128),
				sender: fc.oneof(fc.constant(network), fc.ipV6()),
			}),
		),
	);
	let listed = 0;
	fc.assert(
		fc.property(pairs, ({ network, prefix, sender }) => {
			// Node lets an IPv4 address into an IPv6 range that wraps it; ours is tested by examples.
			fc.pre(isIP(network) === isIP(sender) && !/^(::|0+:)/.test(network + sender));
			const family = isIPv4(network) ? 'ipv4' : 'ipv6';
			const nodes = new BlockList();
			nodes.addSubnet(network, prefix, family);
			const expected = nodes.check(sender, family);
			listed += expected ? 1 : 0;
			expect(isListed(sender, `192.0.2.1, ${network}/${prefix}`)).toBe(expected);
		}),
		{ numRuns: 10_000 },
	);
	expect(listed).toBeGreaterThan(1_000);
});

test.each([
	['203.0.113.7', '203.0.113.7', true],
	['203.0.113.7', '203.0.113.8', false],
	['203.0.113.7', '198.51.100.1,203.0.113.0/24', true],
	['203.0.113.7', '198.51.100.1\n203.0.113.0/24', true],
	['::ffff:203.0.113.7', '203.0.113.0/24', true],
	['::ffff:cb00:7107', '203.0.113.7', true],
	['203.0.113.7', '::ffff:203.0.113.0/120', true],
	['203.0.113.7', '::ffff:203.0.114.0/120', false],
	['203.0.113.7', '::/0', false],
	['2001:db8::1', '0.0.0.0/0', false],
	['2001:DB8:0:0::1', '2001:db8::/32', true],
	['2001:db9::1', '2001:db8::/32', false],
	['fe80::1%eth0', 'fe80::/10', true],
	['203.0.113.7', '0.0.0.0/0', true],
	['203.0.113.7', '203.0.113.7/33', false],
	['203.0.113.7', '203.0.113.7/', false],
	['203.0.113.7', '203.0.113.7/24/8', false],
	['203.0.113.7', 'api.airudder.com', false],
	// As proxies write it that name the port, too.
	['203.0.113.7:50000', '203.0.113.7', true],
	['203.0.113.7:50000', '203.0.113.8', false],
	['[2001:db8::5]:50000', '2001:db8::/32', true],
	['[2001:db8::5]', '2001:db8::/32', true],
	['[::ffff:203.0.113.7]:50000', '203.0.113.0/24', true],
	['203.0.113.7', '203.0.113.7:50000', false],
	['203.0.113.7:', '203.0.113.7', false],
	['', '0.0.0.0/0', false],
	['undefined', '::/0', false],
])('%s against %s: %s', (sender, list, expected) => {
	expect(isListed(sender, list)).toBe(expected);
});

test.each([
	['203.0.113.7', '203.0.113.x'],
	['::ffff:203.0.113.7', '203.0.113.x'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:x'],
	['203.0.113.7:50000', '203.0.113.x'],
	['[2001:db8:1::5]:50000', '2001:db8:1:x'],
	['nonsense', 'unknown address'],
])('a log shows %s as %s', (address, masked) => {
	expect(maskAddress(address)).toBe(masked);
});
