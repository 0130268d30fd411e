import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { playCapture } from '../src/node/replay/play-capture.ts';
import { parseCapture } from '../src/node/replay/recording.ts';
import { comparablePackets } from './compare/packets.ts';

const FOLDER = path.resolve(import.meta.dirname, 'captures');

/** Captures of which every interface saw the same packets. cap-refused differs in one number that the recorder printed at one interface only. */
const WHOLE = [
  'cap-ping-same-bridge',
  'cap-nc-exchange',
  'cap-dns-then-ping',
  'cap-dns-external',
  'cap-masquerade',
  'cap-no-such-host',
  'cap-isolated',
  'cap-host-mode',
  'cap-publish-lan',
  'cap-publish-localhost',
  'cap-publish-own-address',
  'kernel/kernel-announce',
  'kernel/kernel-data-retransmit',
  'kernel/kernel-fragments',
  'kernel/kernel-half-close',
  'kernel/kernel-server-killed',
  'kernel/kernel-syn-retries',
  'kernel/kernel-ttl-exceeded',
  'kernel/kernel-udp-closed',
];

type Packets = Readonly<Record<string, readonly string[]>>;

function play(name: string): { real: Packets; ours: Packets } {
  const text = readFileSync(path.join(FOLDER, `${name}.yaml`), 'utf8');
  const capture = parseCapture(text);
  if (!capture.ok) throw new Error(capture.error);
  return { real: (parse(text) as { packets: Packets }).packets, ours: playCapture(capture.value).packets };
}

const comparable = (packets: Packets) =>
  Object.fromEntries(Object.entries(packets).map(([place, lines]) => [place, comparablePackets(lines)]));

describe('the packets of a recorded capture move as they did', () => {
  for (const name of WHOLE)
    it(name, () => {
      const { real, ours } = play(name);
      expect(comparable(ours)).toEqual(comparable(real));
    }, 60_000);
});
