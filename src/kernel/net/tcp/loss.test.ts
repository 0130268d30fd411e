import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../../base/bytes.ts';
import { Random } from '../../../sim/random.ts';
import { readAll, TcpPair } from './tcp-pair.fixture.ts';

const SIZE = 60_000;
const DATA = Uint8Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 8)) & 255);

/** What arrives of DATA over a cable that loses and delays, and why it ended if not all of it did. */
function transfer(seed: number, lossPercent: number, reorder: boolean) {
  const pair = new TcpPair();
  const { client, server } = pair.established();
  const random = new Random(seed);
  pair.cable = (segment) => {
    if (segment === null) return 0;
    if (random.below(100) < lossPercent) return null;
    return reorder ? random.below(3000) : 0;
  };
  client.send(DATA);
  client.shutdown('write');
  const parts: Uint8Array[] = [];
  let ended = false;
  for (let i = 0; i < 3000 && !ended; i++) {
    pair.run(0.5);
    parts.push(readAll(server));
    const last = server.receive(1);
    ended = last.ok || last.error !== 'EAGAIN';
  }
  return { bytes: concatBytes(parts), ended, error: client.takeError() };
}

describe('whatever is lost or comes in another order, the bytes arrive as they were sent', () => {
  for (const [lossPercent, reorder] of [
    [0, true],
    [5, false],
    [20, true],
  ] as const)
    it(`${lossPercent} of 100 lost${reorder ? ', the others late by up to 3 ms' : ''}`, () => {
      for (let seed = 1; seed <= 8; seed++) {
        const { bytes, ended, error } = transfer(seed, lossPercent, reorder);
        expect({ seed, ended, error, same: bytes.length === SIZE && bytes.every((b, i) => b === DATA[i]) }).toEqual({
          seed,
          ended: true,
          error: null,
          same: true,
        });
      }
    });

  it('or, where nothing comes through, the sender learns of it', () => {
    const pair = new TcpPair();
    const { client } = pair.established();
    pair.cable = (segment) => (segment === null ? 0 : null);
    client.send(DATA);
    pair.run(1200);
    expect(client.takeError()).toBe('ETIMEDOUT');
  });
});
