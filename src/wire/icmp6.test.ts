import { expect, it } from 'vitest';
import { internetChecksum, pseudoHeaderSum } from './checksum.ts';
import { emitIcmp6Echo, formatIcmp6, Icmp6Type, parseIcmp6Echo, withIcmp6Checksum } from './icmp6.ts';
import { LOOPBACK_ADDRESS6 as ONE } from './ipv6-address.ts';
import { IpProtocol } from './packet.ts';

const echo = { type: Icmp6Type.echoRequest, identifier: 7, sequence: 3, data: Uint8Array.of(1, 2, 3) };

it('an ICMPv6 echo comes back as it went in, with a checksum that counts the addresses in', () => {
  const bytes = withIcmp6Checksum(emitIcmp6Echo(echo), ONE, ONE);
  expect(parseIcmp6Echo(bytes)).toEqual({ ok: true, value: echo });
  // Summed with its checksum, what is right comes to 0.
  expect(internetChecksum(bytes, pseudoHeaderSum(ONE, ONE, IpProtocol.icmp6, bytes.length))).toBe(0);
  expect(formatIcmp6(bytes)).toBe('ICMP6, echo request, id 7, seq 3');
});

it('what is cut short or another message is no echo', () => {
  expect(parseIcmp6Echo(Uint8Array.of(128, 0))).toEqual({ ok: false, error: 'truncated' });
  expect(parseIcmp6Echo(Uint8Array.of(135, 0, 0, 0, 0, 0, 0, 0))).toEqual({ ok: false, error: 'no echo' });
});
