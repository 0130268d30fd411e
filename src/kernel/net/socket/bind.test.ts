import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../base/result.ts';
import { encodeUtf8 } from '../../../base/bytes.ts';
import { type Ipv4, ipv4 } from '../../../wire/address.ts';
import { cidr } from '../../../wire/cidr.ts';
import type { SocketType } from '../../syscalls/socket.ts';
import type { Netns } from '../netns.ts';
import { addAddress } from '../route/interface-address.ts';
import { PORT, TcpPair } from '../tcp/tcp-pair.fixture.ts';
import { Topology } from '../topology.fixture.ts';
import { createSocket } from './create.ts';
import type { Socket } from './socket.ts';

const ANY = '0.0.0.0';
const inet = (address: string, port: number) => ({ family: 'inet', address: ipv4(address), port }) as const;

function socketOn(netns: Netns, type: SocketType, { reuse = false, family = 'inet' as 'inet' | 'inet6' } = {}): Socket {
  const socket = unwrap(createSocket(netns, family, type));
  socket.retain();
  socket.setOption({ option: 'reuseAddress', on: reuse });
  return socket;
}

function host(): { topology: Topology; netns: Netns } {
  const topology = new Topology();
  const netns = topology.netns('host');
  const [eth0] = topology.cable(netns, 'eth0', topology.netns('other'), 'eth0', '10.0.0.2/24');
  addAddress(eth0, cidr('10.0.0.1/24'));
  return { topology, netns };
}

const OK = { ok: true, value: undefined };
const failed = (error: string) => ({ ok: false, error });

describe.each(['stream', 'datagram'] as const)('bind of a %s socket', (type) => {
  it('refuses a port that another has on the same address or on all', () => {
    const { netns } = host();
    expect(socketOn(netns, type).bind(inet('127.0.0.1', 80))).toEqual(OK);
    expect(socketOn(netns, type).bind(inet('127.0.0.1', 80))).toEqual(failed('EADDRINUSE'));
    expect(socketOn(netns, type).bind(inet(ANY, 80))).toEqual(failed('EADDRINUSE'));
    expect(socketOn(netns, type).bind(inet('10.0.0.1', 80))).toEqual(OK);
    expect(socketOn(netns, type, { family: 'inet6' }).bind({ family: 'inet6', address: 0n, port: 80 })).toEqual(
      failed('EADDRINUSE'),
    );
  });

  it('lets two share with SO_REUSEADDR when both have it', () => {
    const { netns } = host();
    expect(socketOn(netns, type, { reuse: true }).bind(inet(ANY, 80))).toEqual(OK);
    expect(socketOn(netns, type, { reuse: true }).bind(inet(ANY, 80))).toEqual(OK);
    expect(socketOn(netns, type).bind(inet(ANY, 80))).toEqual(failed('EADDRINUSE'));
  });

  it('refuses an address of another host, and a second bind', () => {
    const { netns } = host();
    const socket = socketOn(netns, type);
    expect(socket.bind(inet('10.0.0.2', 80))).toEqual(failed('EADDRNOTAVAIL'));
    expect(socket.bind(inet(ANY, 0))).toEqual(OK);
    expect(socket.localPort).toBeGreaterThanOrEqual(netns.sysctl.localPortFirst);
    expect(socket.bind(inet(ANY, 81))).toEqual(failed('EINVAL'));
  });
});

describe('a port whose listener has gone while a connection lasts', () => {
  it.each([
    [false, false, failed('EADDRINUSE')],
    [true, false, failed('EADDRINUSE')],
    [false, true, failed('EADDRINUSE')],
    [true, true, OK],
  ])('first with SO_REUSEADDR %s, then %s', (first, then, result) => {
    const pair = new TcpPair();
    const listener = socketOn(pair.server, 'stream', { reuse: first });
    listener.bind(inet(ANY, PORT));
    listener.listen(1);
    const client = pair.connect();
    pair.run(0.1);
    const server = unwrap(listener.accept()).socket;
    server.retain();
    listener.release();
    server.release();
    pair.run(0.1);
    client.release();
    pair.run(0.1);
    expect(pair.states()).toEqual(['server TIME_WAIT']);
    expect(socketOn(pair.server, 'stream', { reuse: then }).bind(inet(ANY, PORT))).toEqual(result);
    pair.run(60);
    expect(socketOn(pair.server, 'stream', { reuse: true }).bind(inet('10.0.0.2', PORT))).toEqual(OK);
  });
});

describe('a UDP socket', () => {
  it('means this host by 0.0.0.0', () => {
    const { topology, netns } = host();
    const server = socketOn(netns, 'datagram');
    server.bind(inet(ANY, 53));
    const client = socketOn(netns, 'datagram');
    expect(client.send(encodeUtf8('a'), inet(ANY, 53))).toEqual({ ok: true, value: 1 });
    topology.run(0.1);
    expect(unwrap(server.receive(10)).from).toMatchObject({ address: ipv4('127.0.0.1') });
  });

  it('says what it cannot send', () => {
    const { netns } = host();
    const client = socketOn(netns, 'datagram');
    expect(client.send(encodeUtf8('a'))).toEqual(failed('EDESTADDRREQ'));
    expect(client.send(encodeUtf8('a'), inet('127.0.0.1', 0))).toEqual(failed('EINVAL'));
    expect(client.send(new Uint8Array(65_508), inet('127.0.0.1', 9))).toEqual(failed('EMSGSIZE'));
    expect(client.send(new Uint8Array(65_507), inet('127.0.0.1', 9))).toEqual({ ok: true, value: 65_507 });
  });

  it('hears of a closed port only when it is connected, and once', () => {
    const { topology, netns } = host();
    const [plain, connected] = [socketOn(netns, 'datagram'), socketOn(netns, 'datagram')];
    connected.connect(inet('127.0.0.1', 9));
    plain.send(encodeUtf8('a'), inet('127.0.0.1', 9));
    connected.send(encodeUtf8('a'));
    topology.run(0.1);
    expect(plain.receive(10)).toEqual(failed('EAGAIN'));
    expect(connected.receive(10)).toEqual(failed('ECONNREFUSED'));
    expect(connected.receive(10)).toEqual(failed('EAGAIN'));
  });

  it('that was bound last gets what two could take', () => {
    const { topology, netns } = host();
    const [first, last] = [1, 2].map(() => socketOn(netns, 'datagram', { reuse: true })) as [Socket, Socket];
    first.bind(inet(ANY, 53));
    last.bind(inet(ANY, 53));
    socketOn(netns, 'datagram').send(encodeUtf8('a'), { family: 'inet', address: ipv4('127.0.0.1') as Ipv4, port: 53 });
    topology.run(0.1);
    expect([first.readable(), last.readable()]).toEqual([false, true]);
  });
});
