import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../base/bytes.ts';
import { ipv4 } from '../../../wire/address.ts';
import { ReceiveQueue } from './receive-queue.ts';
import { SendQueue } from './send-queue.ts';
import { PORT, readAll, stream, TcpPair } from './tcp-pair.fixture.ts';

const inet = (address: string, port: number) => ({ family: 'inet', address: ipv4(address), port }) as const;

describe('SYN_SENT', () => {
  it('meets a SYN that crosses its own: both answer with SYN-ACK, and are one connection', () => {
    const pair = new TcpPair();
    pair.established().client.release();
    pair.run(0.1);
    const [left, right] = [stream(pair.client), stream(pair.server)];
    left.bind(inet('10.0.0.1', 5000));
    right.bind(inet('10.0.0.2', 5001));
    pair.forget();
    left.connect(inet('10.0.0.2', 5001));
    right.connect(inet('10.0.0.1', 5000));
    pair.run(0.1);
    expect(pair.segments.slice(0, 4).sort()).toEqual(['client S', 'client S.', 'server S', 'server S.']);
    left.send(encodeUtf8('crossed'));
    pair.run(0.1);
    expect(readAll(right)).toEqual(encodeUtf8('crossed'));
  });

  it('is left by closing without a word', () => {
    const pair = new TcpPair();
    pair.cable = (segment) => (segment === null ? 0 : null);
    pair.connect().release();
    pair.run(5);
    expect(pair.segments.filter((line) => line !== 'client S')).toEqual([]);
    expect(pair.states()).toEqual([]);
  });
});

describe('LISTEN', () => {
  it('that closes resets those who wait for accept', () => {
    const pair = new TcpPair();
    const listener = pair.listen();
    const client = pair.connect();
    pair.run(0.1);
    listener.release();
    pair.run(0.1);
    expect(client.takeError()).toBe('ECONNRESET');
    expect(pair.states()).toEqual([]);
  });
});

describe('TIME_WAIT', () => {
  it('gives way to a new connection of the same four numbers', () => {
    const pair = new TcpPair();
    const listener = pair.listen();
    const first = stream(pair.client);
    first.bind(inet('10.0.0.1', 5000));
    first.connect(inet('10.0.0.2', PORT));
    pair.run(0.1);
    const accepted = listener.accept();
    if (!accepted.ok) throw new Error(accepted.error);
    accepted.value.socket.retain();
    accepted.value.socket.release();
    pair.run(0.1);
    first.release();
    pair.run(0.1);
    expect(pair.states()).toContain('server TIME_WAIT');
    const second = stream(pair.client);
    expect(second.bind(inet('10.0.0.1', 5000)).ok).toBe(true);
    second.connect(inet('10.0.0.2', PORT));
    pair.run(0.1);
    expect(listener.accept().ok).toBe(true);
  });
});

describe('sequence numbers that wrap round', () => {
  it('join what came too early', () => {
    const queue = new ReceiveQueue();
    const next = 2 ** 32 - 2;
    expect(queue.take(next, 1, Uint8Array.of(4, 5))).toBe(next);
    expect(queue.take(next, next, Uint8Array.of(1, 2, 3))).toBe(3);
    expect(queue.bytes.take(9)).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
  });

  it('acknowledge what was sent before', () => {
    const queue = new SendQueue();
    const common = { flags: 0, sentAt: 0, again: false };
    queue.sent({ ...common, sequence: 2 ** 32 - 2, end: 1, data: Uint8Array.of(1, 2, 3) });
    queue.sent({ ...common, sequence: 1, end: 3, data: Uint8Array.of(4, 5) });
    expect(queue.acknowledged(2)?.end).toBe(1);
    expect(queue.oldest?.data).toEqual(Uint8Array.of(5));
    expect(queue.flying).toBe(1);
  });
});
