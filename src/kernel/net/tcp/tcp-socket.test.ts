import { describe, expect, it } from 'vitest';
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../../base/bytes.ts';
import { TcpFlag } from '../../../wire/packet.ts';
import { PORT, readAll, stream, TcpPair } from './tcp-pair.fixture.ts';

describe('a connection', () => {
  it('begins with three segments', () => {
    const pair = new TcpPair();
    const listener = pair.listen();
    const client = pair.connect();
    expect(client.writable()).toBe(false);
    pair.run(0.1);
    expect(pair.segments).toEqual(['client S', 'server S.', 'client .']);
    expect(client.writable()).toBe(true);
    expect(client.takeError()).toBe(null);
    expect(listener.readable()).toBe(true);
    expect(pair.states()).toEqual(['client ESTABLISHED', 'server LISTEN', 'server ESTABLISHED']);
  });

  it('carries data both ways', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    client.send(encodeUtf8('hello'));
    pair.run(0.1);
    expect(decodeUtf8(readAll(server))).toBe('hello');
    server.send(encodeUtf8('world'));
    pair.run(0.1);
    expect(decodeUtf8(readAll(client))).toBe('world');
    expect(pair.segments).toEqual(['client P. 5', 'server .', 'server P. 5', 'client .']);
  });

  it('is refused where nobody listens', () => {
    const pair = new TcpPair();
    const client = pair.connect();
    pair.run(0.1);
    expect(pair.segments).toEqual(['client S', 'server R.']);
    expect(client.takeError()).toBe('ECONNREFUSED');
    expect(pair.states()).toEqual([]);
  });

  it('carries more than a megabyte, in segments of 1448 bytes', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    const data = Uint8Array.from({ length: 1_500_000 }, (_, i) => (i * 7) & 255);
    let sent = 0;
    const received: Uint8Array[] = [];
    for (let i = 0; i < 2000 && received.reduce((sum, part) => sum + part.length, 0) < data.length; i++) {
      const wrote = client.send(data.subarray(sent));
      if (wrote.ok) sent += wrote.value;
      pair.run(0.001);
      received.push(readAll(server));
    }
    const all = concatBytes(received);
    expect(all.length).toBe(data.length);
    expect(all.every((byte, i) => byte === data[i])).toBe(true);
    expect(pair.segments).toContain('client . 1448');
    expect(pair.segments.every((line) => Number(line.split(' ')[2] ?? 0) <= 1448)).toBe(true);
  });

  it('that the backlog has no room for is not taken until accept has made some', () => {
    const pair = new TcpPair();
    const listener = pair.listen({ backlog: 0 });
    const first = pair.connect();
    pair.run(0.1);
    const second = pair.connect();
    pair.run(0.5);
    expect([first.writable(), second.writable()]).toEqual([true, false]);
    expect(listener.accept().ok).toBe(true);
    pair.run(1);
    expect(second.writable()).toBe(true);
    expect(listener.accept().ok).toBe(true);
  });

  it('whose handshake ends when the backlog has filled is open for the client alone, and its data goes again', () => {
    const pair = new TcpPair();
    const listener = pair.listen({ backlog: 0 });
    const [first, second] = [pair.connect(), pair.connect()];
    pair.run(0.1);
    expect([first.writable(), second.writable()]).toEqual([true, true]);
    expect(pair.states().filter((line) => line === 'server SYN_RECV')).toHaveLength(1);
    second.send(encodeUtf8('patience'));
    pair.run(0.1);
    expect(listener.accept().ok).toBe(true);
    expect(listener.accept()).toEqual({ ok: false, error: 'EAGAIN' });
    pair.run(2);
    const accepted = listener.accept();
    expect(accepted.ok && decodeUtf8(readAll(accepted.value.socket))).toBe('patience');
  });

  it('goes to the listener on its very address before the one on all', () => {
    const pair = new TcpPair();
    const all = stream(pair.server);
    all.setOption({ option: 'reuseAddress', on: true });
    all.bind({ family: 'inet', address: 0 as never, port: PORT });
    all.listen(1);
    const again = stream(pair.server);
    expect(again.bind({ family: 'inet', address: 0 as never, port: PORT })).toEqual({ ok: false, error: 'EADDRINUSE' });
  });
});

describe('the end of a connection', () => {
  it('may come from one side while the other goes on sending', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    client.shutdown('write');
    pair.run(0.1);
    expect(pair.states()).toEqual(['client FIN_WAIT2', 'server LISTEN', 'server CLOSE_WAIT']);
    expect(server.receive(10)).toMatchObject({ ok: true, value: { data: new Uint8Array(0) } });
    expect(client.send(encodeUtf8('x'))).toEqual({ ok: false, error: 'EPIPE' });
    server.send(encodeUtf8('late'));
    pair.run(0.1);
    expect(decodeUtf8(readAll(client))).toBe('late');
    server.shutdown('write');
    pair.run(0.1);
    expect(pair.states()).toEqual(['client TIME_WAIT', 'server LISTEN']);
    pair.run(60);
    expect(pair.states()).toEqual(['server LISTEN']);
  });

  it('may come from both sides at once', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    client.shutdown('write');
    server.shutdown('write');
    pair.run(0.1);
    expect(pair.segments.slice(0, 2).sort()).toEqual(['client F.', 'server F.']);
    expect(pair.states()).toEqual(['client TIME_WAIT', 'server LISTEN', 'server TIME_WAIT']);
  });

  it('comes after the data that was written before', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    client.send(new Uint8Array(5000));
    client.shutdown('write');
    pair.run(0.1);
    expect(pair.segments.filter((line) => line.startsWith('client F'))).toEqual(['client F.']);
    expect(readAll(server).length).toBe(5000);
  });

  it('is a reset where something was left unread (RFC 2525 section 2.17)', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    client.send(encodeUtf8('unread'));
    pair.run(0.1);
    pair.forget();
    server.release();
    pair.run(0.1);
    expect(pair.segments).toEqual(['server R.']);
    expect(client.takeError()).toBe('ECONNRESET');
    expect(pair.states()).toEqual(['server LISTEN']);
  });

  it('is a reset for whoever sends to a side that has closed', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    server.release();
    pair.run(0.1);
    client.send(encodeUtf8('anybody?'));
    pair.run(0.1);
    expect(pair.segments.at(-1)).toBe('server R');
    expect(client.takeError()).toBe('EPIPE');
  });

  it('comes for an orphan after a minute in FIN_WAIT2', () => {
    const pair = new TcpPair();
    const { client } = pair.established();
    client.release();
    pair.run(59);
    expect(pair.states()).toContain('client FIN_WAIT2');
    pair.run(2);
    expect(pair.states()).toEqual(['server LISTEN', 'server CLOSE_WAIT']);
  });
});

describe('what is lost', () => {
  it('goes again as the recorded SYNs do: every second four times, then ever more slowly', () => {
    const pair = new TcpPair();
    pair.cable = (segment) => (segment === null ? 0 : null);
    const client = pair.connect();
    pair.run(12);
    expect(pair.tenthsOf('client S')).toEqual([0, 10, 20, 30, 40, 50, 70, 110]);
    pair.run(200);
    expect(client.takeError()).toBe('ETIMEDOUT');
  });

  it('goes again as the recorded data does: a probe, and then at doubling intervals', () => {
    const pair = new TcpPair();
    const { client } = pair.established();
    pair.run(3);
    pair.cable = (segment) => (segment === null || segment.payload.length === 0 ? 0 : null);
    client.send(encodeUtf8('data\n'));
    pair.run(7);
    expect(pair.tenthsOf('client P')).toEqual([0, 2, 4, 8, 16, 32, 64]);
  });

  it('goes again at once after three acknowledgements of the same', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    let lost = false;
    pair.cable = (segment, towards) => {
      if (towards === 'server' && segment !== null && segment.payload.length > 0 && !lost) {
        lost = true;
        return null;
      }
      return 0;
    };
    client.send(new Uint8Array(14_480));
    pair.run(0.01);
    expect(readAll(server).length).toBe(14_480);
  });

  it('ends the connection after fifteen times', () => {
    const pair = new TcpPair();
    const { client } = pair.established();
    pair.cable = (segment) => (segment === null ? 0 : null);
    client.send(encodeUtf8('x'));
    pair.run(900);
    expect(client.takeError()).toBe(null);
    pair.run(200);
    expect(client.takeError()).toBe('ETIMEDOUT');
  });

  it('includes the FIN, which goes again too', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    let fins = 0;
    pair.cable = (segment) => (segment !== null && (segment.flags & TcpFlag.fin) !== 0 && ++fins === 1 ? null : 0);
    client.shutdown('write');
    pair.run(1);
    expect(server.receive(1)).toMatchObject({ ok: true });
    expect(pair.states()[0]).toBe('client FIN_WAIT2');
  });
});

describe('a reader who does not read', () => {
  it('stops the sender, who asks from time to time and goes on when there is room', () => {
    const pair = new TcpPair();
    const { client, server } = pair.established();
    const data = new Uint8Array(400_000);
    expect(client.send(data)).toEqual({ ok: true, value: data.length });
    pair.run(1);
    expect(pair.states()[0]).toBe('client ESTABLISHED');
    pair.forget();
    pair.run(5);
    expect(pair.segments.length).toBeGreaterThan(1);
    expect(pair.segments.length).toBeLessThan(30);
    let received = 0;
    for (let i = 0; i < 50; i++) {
      received += readAll(server).length;
      pair.run(0.1);
    }
    expect(received).toBe(data.length);
  });
});
