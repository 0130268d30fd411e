import { expect, it } from 'vitest';
import { formatIpv6, parseIpv6 } from './ipv6-address.ts';

it.each([
  [0n, '::'],
  [1n, '::1'],
  [0xfd00_cafe_0000_0000_0000_0000_0000_0099n, 'fd00:cafe::99'],
  [0x2001_0db8_0000_0000_0001_0000_0000_0001n, '2001:db8::1:0:0:1'],
  [0x2001_0db8_0000_0001_0001_0001_0001_0001n, '2001:db8:0:1:1:1:1:1'],
  [0xff02_0000_0000_0000_0000_0000_0000_0000n, 'ff02::'],
])('writes %s as RFC 5952 does', (address, text) => {
  expect(formatIpv6(address)).toBe(text);
  expect(parseIpv6(text)).toBe(address);
});

it.each(['', ':', ':::', '1', '1::2::3', '1:2:3:4:5:6:7:8:9', '12345::', 'g::', '1:2:3:4:5:6:7::8'])(
  'does not read %s',
  (text) => {
    expect(parseIpv6(text)).toBeNull();
  },
);
