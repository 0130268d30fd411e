import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../wire/address.ts';
import { AGEING_TIME, Fdb } from './fdb.ts';
import type { NetDevice } from './device.ts';

const port = (name: string) => ({ name }) as NetDevice;

describe('a forwarding database', () => {
  it('knows what a Map of the latest sightings would know', () => {
    const sighting = fc.record({
      mac: fc.oneof(fc.nat(30), fc.integer({ min: 2 ** 47, max: 2 ** 47 + 200 })),
      port: fc.nat(2),
      later: fc.integer({ min: 0, max: AGEING_TIME / 4 }),
    });
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 300 }), (sightings) => {
        const ports = [port('a'), port('b'), port('c')] as const;
        const fdb = new Fdb();
        const model = new Map<number, { port: NetDevice; seen: number }>();
        let now = 0;
        for (const { mac, port: index, later } of sightings) {
          now += later;
          const at = ports[index] as NetDevice;
          fdb.learn(mac as Mac, at, now);
          model.set(mac, { port: at, seen: now });
        }
        for (const [mac, { port: at, seen }] of model)
          expect(fdb.lookup(mac as Mac, now)?.port).toBe(now - seen < AGEING_TIME ? at : undefined);
        const fresh = [...model.values()].filter(({ seen }) => now - seen < AGEING_TIME);
        expect([...fdb.entries(now)]).toHaveLength(fresh.length);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a station that moves a new row and leaves the old one as it was', () => {
    const fdb = new Fdb();
    const first = fdb.learn(5 as Mac, port('a'), 0);
    expect(fdb.learn(5 as Mac, first?.port as NetDevice, 1)).toBeNull();
    const second = fdb.learn(5 as Mac, port('b'), 2);
    expect([first?.port.name, second?.port.name]).toEqual(['a', 'b']);
    expect(fdb.lookup(5 as Mac, 3)).toBe(second);
  });

  it('keeps its own addresses, whoever pretends to have them', () => {
    const fdb = new Fdb();
    fdb.addLocal(7 as Mac, port('bridge'));
    expect(fdb.learn(7 as Mac, port('a'), 0)).toBeNull();
    expect(fdb.lookup(7 as Mac, 1e15)?.local).toBe(true);
  });
});
