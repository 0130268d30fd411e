import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../base/result.ts';
import { bitsOf, formatAddress, maskOf, parseSubnet, relationOf } from './subnet.ts';

const subnet = (text: string) => unwrap(parseSubnet(text));
const shown = (address: number | null) => (address === null ? null : formatAddress(address));

describe('a subnet', () => {
  it('is worked out of an address and a prefix length: 172.17.0.0/16', () => {
    const { mask, network, broadcast, gateway, usable, size, hosts } = subnet('172.17.0.0/16');
    expect([mask, network, broadcast, gateway].map(shown)).toEqual([
      '255.255.0.0',
      '172.17.0.0',
      '172.17.255.255',
      '172.17.0.1',
    ]);
    expect(usable && [usable.first, usable.last].map(shown)).toEqual(['172.17.0.2', '172.17.255.254']);
    expect([size, hosts]).toEqual([65536, 65534]);
  });

  it('is the network that an address lies in', () => {
    expect(shown(subnet('192.168.0.77/26').network)).toBe('192.168.0.64');
    expect(shown(subnet('192.168.0.77/26').broadcast)).toBe('192.168.0.127');
    expect(shown(subnet('10.1.2.3/0').network)).toBe('0.0.0.0');
    expect(subnet('10.1.2.3/0').size).toBe(2 ** 32);
  });

  it('has nothing to give away where it is too small', () => {
    expect(subnet('10.0.0.0/32')).toMatchObject({ broadcast: null, gateway: null, usable: null, hosts: 0, size: 1 });
    expect(subnet('10.0.0.0/31')).toMatchObject({ broadcast: null, gateway: null, usable: null, hosts: 0, size: 2 });
    const thirty = subnet('10.0.0.0/30');
    expect([shown(thirty.gateway), shown(thirty.usable?.first ?? null), shown(thirty.usable?.last ?? null)]).toEqual([
      '10.0.0.1',
      '10.0.0.2',
      '10.0.0.2',
    ]);
  });

  it('may be written with a dotted mask, or in full-width digits', () => {
    expect(subnet('172.17.0.0/255.255.0.0').prefix).toBe(16);
    expect(subnet('１７２．１７．０．０／１６').prefix).toBe(16);
  });

  it('says what is wrong with anything else', () => {
    for (const text of ['', '172.17.0.0', '172.17.0/16', 'hello/16', '172.17.0.0/']) {
      expect(parseSubnet(text)).toEqual({ ok: false, error: 'form' });
    }
    expect(parseSubnet('172.256.0.0/16')).toEqual({ ok: false, error: 'octet' });
    for (const prefix of ['33', '255.0.255.0', '255.255', '300.0.0.0'])
      expect(parseSubnet(`10.0.0.0/${prefix}`)).toEqual({ ok: false, error: 'prefix' });
  });
});

describe('masks', () => {
  it('are right at both ends, and /7 is 254.0.0.0', () => {
    expect([0, 7, 8, 31, 32].map((prefix) => formatAddress(maskOf(prefix)))).toEqual([
      '0.0.0.0',
      '254.0.0.0',
      '255.0.0.0',
      '255.255.255.254',
      '255.255.255.255',
    ]);
    expect(bitsOf(maskOf(12))).toEqual(['11111111', '11110000', '00000000', '00000000']);
  });
});

describe('two ranges', () => {
  const relation = (a: string, b: string) => relationOf(subnet(a), subnet(b));

  it('overlap if they agree in the bits of the shorter mask', () => {
    expect(relation('172.30.0.0/16', '172.30.128.0/17')).toBe('first holds second');
    expect(relation('172.30.128.0/17', '172.30.0.0/16')).toBe('second holds first');
    expect(relation('10.0.0.0/8', '10.0.0.5/8')).toBe('same');
    expect(relation('172.30.0.0/16', '172.31.0.0/17')).toBe('apart');
    expect(relation('0.0.0.0/0', '203.0.113.9/32')).toBe('first holds second');
  });
});
