import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../command/parse-flags.ts';
import { CREATE_FLAGS } from './create-flags.ts';
import { endpointsOf, type EndpointFlags } from './endpoints.ts';
import { parsePortSpecs } from './port-spec.ts';

function flags(...words: readonly string[]): Record<string, unknown> {
  const parsed = parseFlags(CREATE_FLAGS, words);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value.values;
}

function flagError(...words: readonly string[]): string {
  const parsed = parseFlags(CREATE_FLAGS, words);
  return parsed.ok ? 'no error' : parsed.error;
}

function endpoints(...words: readonly string[]) {
  const found = endpointsOf(flags(...words) as unknown as EndpointFlags);
  return found.ok ? found.value : found.error;
}

function ports(...specs: readonly string[]) {
  const parsed = parsePortSpecs(specs);
  return parsed.ok ? parsed.value.bindings : parsed.error;
}

describe('-p', () => {
  it('has a host port, an address, a protocol, or none of them', () => {
    expect(ports('8080:80')).toEqual({ '80/tcp': [{ HostIp: '', HostPort: '8080' }] });
    expect(ports('127.0.0.1:8081:80/UDP')).toEqual({ '80/udp': [{ HostIp: '127.0.0.1', HostPort: '8081' }] });
    expect(ports('[::1]::80')).toEqual({ '80/tcp': [{ HostIp: '::1', HostPort: '' }] });
    expect(ports('80')).toEqual({ '80/tcp': [{ HostIp: '', HostPort: '' }] });
  });

  it('pairs ranges, or leaves the choice within one to the engine', () => {
    expect(ports('9000-9001:80-81')).toEqual({
      '80/tcp': [{ HostIp: '', HostPort: '9000' }],
      '81/tcp': [{ HostIp: '', HostPort: '9001' }],
    });
    expect(ports('8080-8081:80')).toEqual({ '80/tcp': [{ HostIp: '', HostPort: '8080-8081' }] });
  });

  it('takes several host ports for one, and the long form', () => {
    expect(ports('1:80', '2:80')).toEqual({
      '80/tcp': [
        { HostIp: '', HostPort: '1' },
        { HostIp: '', HostPort: '2' },
      ],
    });
    expect(ports('published=8080,target=80,protocol=udp')).toEqual({ '80/udp': [{ HostIp: '', HostPort: '8080' }] });
  });

  it.each([
    ['99999:80', 'Invalid hostPort: 99999'],
    ['abc:80', 'Invalid hostPort: abc'],
    ['80:abc', 'Invalid containerPort: abc'],
    ['80:80:80:80', 'Invalid ip address 80:80: address 80:80:: too many colons in address'],
    ['1.2.3:80:80', 'Invalid ip address: 1.2.3'],
    ['80:', 'No port specified: 80:<empty>'],
    ['1-2:80-82', 'Invalid ranges specified for container and host Ports: 80-82 and 1-2'],
    ['80:80/icmp', 'Invalid proto: icmp'],
  ])('refuses %s', (spec, error) => {
    expect(ports(spec)).toBe(error);
  });
});

describe('--network', () => {
  it('alone needs no settings', () => {
    expect(endpoints('--network', 'net')).toEqual({});
    expect(endpoints()).toEqual({});
  });

  it('takes the settings of the other flags for the first of them', () => {
    expect(endpoints('--network', 'net', '--ip', '10.0.0.5', '--network-alias', 'a', '--link', 'b:c')).toEqual({
      net: { IPAMConfig: { IPv4Address: '10.0.0.5' }, Aliases: ['a'], Links: ['b:c'] },
    });
  });

  it('may be several, each with settings of its own', () => {
    expect(endpoints('--network', 'name=na', '--network', 'name=nb,gw-priority=10,alias=bee')).toEqual({
      na: {},
      nb: { Aliases: ['bee'], GwPriority: 10 },
    });
  });

  it.each([
    [['--network-alias', 'x'], 'network-scoped aliases are only supported for user-defined networks'],
    [['--network', 'a', '--network', 'a'], 'network "a" is specified multiple times'],
    [
      ['--network', 'a', '--network', 'host'],
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes',
    ],
    [
      ['--network', 'name=a,ip=1.2.3.4', '--ip', '1.2.3.5'],
      'conflicting options: cannot specify both --ip and per-network IPv4 address',
    ],
  ])('refuses %j', (words, error) => {
    expect(endpoints(...words)).toBe(error);
  });
});

describe('values are looked at before anything is asked of the engine', () => {
  it.each([
    [['--dns', 'x'], 'invalid argument "x" for "--dns" flag: IP address is not correctly formatted: x'],
    [['--add-host', 'a'], 'invalid argument "a" for "--add-host" flag: bad format for add-host: "a"'],
    [['--add-host', 'a:b'], 'invalid argument "a:b" for "--add-host" flag: invalid IP address in add-host: "b"'],
    [['-l', '=x'], 'invalid argument "=x" for "-l, --label" flag: invalid label \'=x\': empty name'],
    [['--sysctl', 'vm.x=1'], 'invalid argument "vm.x=1" for "--sysctl" flag: sysctl \'vm.x=1\' is not allowed'],
    [['-a', 'x'], 'invalid argument "x" for "-a, --attach" flag: valid streams are STDIN, STDOUT and STDERR'],
    [['--mount', 'type=bind'], 'invalid argument "type=bind" for "--mount" flag: target is required'],
    [
      ['--mount', 'type=tmpfs,target=/a,volume-nocopy'],
      'invalid argument "type=tmpfs,target=/a,volume-nocopy" for "--mount" flag: cannot mix \'volume-*\' options with mount type \'tmpfs\'',
    ],
  ])('%j', (words, error) => {
    expect(flagError(...words)).toBe(error);
  });

  it('addresses of hosts may be bracketed, and host-gateway is one', () => {
    expect(flags('--add-host', 'a=[::1]', '--add-host', 'h:host-gateway')['add-host']).toEqual([
      'a:::1',
      'h:host-gateway',
    ]);
  });

  it('mounts have short names for their fields', () => {
    expect(flags('--mount', 'type=bind,src=/a,dst=/b,ro')['mount']).toEqual([
      { Type: 'bind', Source: '/a', Target: '/b', ReadOnly: true },
    ]);
  });
});
