import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../base/bytes.ts';
import { contains, isIp, isMac, parsePrefix, type Prefix } from './address-check.ts';
import { copyPlace, splitCopyArgument } from './container/copy-place.ts';
import { EscapeKeys, parseKeys } from './escape-keys.ts';
import { ipamConfig } from './network/ipam-config.ts';
import { familiarReference, isReference, parseReference } from './image/reference.ts';
import { timestamp } from '../../dockerd/api/timestamp.ts';

describe('addresses', () => {
  it('are told from other texts', () => {
    expect(['10.0.0.1', '::', '::1', 'fd00:cafe::99', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8'].every(isIp)).toBe(true);
    expect(['10.0.0', '10.0.0.256', '01.2.3.4', ':::', '1:2', 'g::', '1::2::3', ''].some(isIp)).toBe(false);
    expect([isMac('92:d0:c6:0a:29:33'), isMac('92:d0:c6:0a:29')]).toEqual([true, false]);
  });

  it('lie in a subnet or not', () => {
    const prefix = (text: string): Prefix => parsePrefix(text) as Prefix;
    expect(contains(prefix('10.20.0.0/16'), prefix('10.20.5.0/24'))).toBe(true);
    expect(contains(prefix('10.20.0.0/16'), prefix('10.21.0.1'))).toBe(false);
    expect(contains(prefix('fd00:cafe::/64'), prefix('fd00:cafe::99'))).toBe(true);
    expect(contains(prefix('0.0.0.0/0'), prefix('fd00::1'))).toBe(false);
    expect(parsePrefix('10.0.0.0/33')).toBeNull();
  });
});

describe('the subnets of a new network', () => {
  const config = (flags: Partial<Parameters<typeof ipamConfig>[0]>) => {
    const found = ipamConfig({ subnet: [], 'ip-range': [], gateway: [], 'aux-address': new Map(), ...flags });
    return found.ok ? found.value : found.error;
  };

  it('get their range, gateway and auxiliary addresses', () => {
    expect(
      config({
        subnet: ['10.20.0.0/16', 'fd00:cafe::/64'],
        'ip-range': ['10.20.5.0/24'],
        gateway: ['10.20.0.254', 'fd00:cafe::1'],
        'aux-address': new Map([['host', '10.20.0.9']]),
      }),
    ).toEqual([
      {
        Subnet: '10.20.0.0/16',
        IPRange: '10.20.5.0/24',
        Gateway: '10.20.0.254',
        AuxiliaryAddresses: { host: '10.20.0.9' },
      },
      { Subnet: 'fd00:cafe::/64', Gateway: 'fd00:cafe::1' },
    ]);
  });

  it('are left to the engine to look at, where nothing has to be matched', () => {
    expect(config({ subnet: ['banana'] })).toEqual([{ Subnet: 'banana' }]);
    expect(config({ subnet: ['banana'], gateway: ['1.2.3.4'] })).toBe('invalid subnet: invalid CIDR address: banana');
  });

  it('take one gateway each', () => {
    expect(config({ subnet: ['10.0.0.0/8', '172.16.0.0/12'], gateway: ['10.0.0.1', '10.0.0.2'] })).toBe(
      'cannot configure multiple gateways (10.0.0.2, 10.0.0.1) for the same subnet (10.0.0.0/8)',
    );
  });
});

describe('detach keys', () => {
  it('are held back until they are all there', () => {
    const keys = new EscapeKeys('');
    expect(keys.filter(encodeUtf8('a\x10'))).toEqual({ data: encodeUtf8('a'), detached: false });
    expect(keys.filter(encodeUtf8('b'))).toEqual({ data: encodeUtf8('\x10b'), detached: false });
    expect(keys.filter(encodeUtf8('c\x10\x11d'))).toEqual({ data: encodeUtf8('c'), detached: true });
  });

  it('leave everything else as it was, in whatever pieces it comes', () => {
    const pieces = fc.array(fc.stringMatching(/^[a-c\x10]{0,5}$/), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, (texts) => {
        const keys = new EscapeKeys('');
        const out = texts.map((text) => [...keys.filter(encodeUtf8(text)).data]).flat();
        const all = [...encodeUtf8(texts.join(''))];
        expect(out).toEqual(all.slice(0, out.length));
        expect(all.length - out.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('may be chosen', () => {
    expect(parseKeys('ctrl-a,x')).toEqual([1, 120]);
    expect(parseKeys('nonsense')).toBeNull();
  });
});

describe('names of images', () => {
  it('have tags, digests and registries with ports', () => {
    expect(parseReference('localhost:5000/a/b:c')).toEqual({ name: 'localhost:5000/a/b', tag: 'c', digest: '' });
    expect(parseReference('docker.io/library/nginx:alpine').name).toBe('nginx');
    expect(familiarReference('busybox')).toBe('busybox:latest');
    expect([isReference('a/b:1'), isReference('Upper')]).toEqual([true, false]);
  });
});

describe('times', () => {
  const now = 1_795_375_134_000;
  it('count back from now, or are dates', () => {
    expect(timestamp('10m', now)).toBe('1795374534.000000000');
    expect(timestamp('2026-11-22T19:18:54.5Z', now)).toBe('1795375134.500000000');
    expect(timestamp('2026-11-22T19:18:54+01:00', now)).toBe('1795371534.000000000');
    expect(timestamp('1795375134', now)).toBe('1795375134');
    expect(timestamp('yesterday', now)).toBeNull();
  });
});

describe('where docker cp copies to', () => {
  const file = { path: '/a/f', exists: true, isDirectory: false };
  const folder = { path: '/a/d', exists: true, isDirectory: true };
  const end = (path: string, kind: 'file' | 'directory' | 'nothing') => ({
    path,
    exists: kind !== 'nothing',
    isDirectory: kind === 'directory',
  });
  it('follows the rules of cp', () => {
    expect(copyPlace(file, end('/b', 'directory'))).toMatchObject({ value: { directory: '/b', name: 'f' } });
    expect(copyPlace(file, end('/b/g', 'file'))).toMatchObject({ value: { directory: '/b', name: 'g' } });
    expect(copyPlace(file, end('/b/g', 'nothing'))).toMatchObject({ value: { directory: '/b', name: 'g' } });
    expect(copyPlace(file, end('/b/g/', 'nothing'))).toMatchObject({ error: 'no such directory' });
    expect(copyPlace(folder, end('/b', 'file'))).toMatchObject({ error: 'cannot copy directory' });
    expect(copyPlace(folder, end('/b', 'directory'))).toMatchObject({ value: { directory: '/b', name: 'd' } });
    expect(copyPlace({ ...folder, path: '/a/d/.' }, end('/b', 'directory'))).toMatchObject({ value: { name: '.' } });
  });

  it('tells a container from a path', () => {
    expect(splitCopyArgument('web:/x:y')).toEqual({ container: 'web', path: '/x:y' });
    expect(splitCopyArgument('./a:b')).toEqual({ container: '', path: './a:b' });
  });
});
