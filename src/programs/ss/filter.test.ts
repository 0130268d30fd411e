import { describe, expect, it } from 'vitest';
import type { SocketInfo } from '../../kernel/syscalls/net-admin.ts';
import { ipv4 } from '../../wire/address.ts';
import { parseSocketFilter } from './filter.ts';

const SOCKET: SocketInfo = {
  protocol: 'tcp',
  family: 'inet',
  state: 'ESTABLISHED',
  local: { address: ipv4('172.17.0.1'), port: 80 },
  remote: { address: ipv4('172.17.0.2'), port: 40000 },
  receiveQueue: 0,
  sendQueue: 0,
  path: null,
  pid: null,
  program: null,
  hostPid: null,
  descriptor: null,
};
const portOf = (name: string) => (name === 'http' ? 80 : /^\d+$/.test(name) ? Number(name) : null);
const shows = (text: string) => {
  const filter = parseSocketFilter(text.split(' '), portOf);
  return filter.ok ? filter.value(SOCKET) : filter.error;
};

describe('filters of ss', () => {
  it.each([
    ['sport = :80', true],
    ['sport = :http', true],
    ['sport eq 81', false],
    ['dport >= 1024', true],
    ['src 172.17.0.0/16', true],
    ['dst 172.17.0.2:80', false],
    ['not sport = :80', false],
    ['( sport = :80 or sport = :443 ) and dst 172.17.0.2', true],
    ['sport != :80', false],
  ])('%s', (text, expected) => {
    expect(shows(text)).toBe(expected);
  });

  it('say which word they can not read', () => {
    expect(shows('port = 80')).toBe('port');
    expect(shows('sport = :nosuch')).toBe(':nosuch');
  });
});
