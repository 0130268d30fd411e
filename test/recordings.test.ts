import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { playRecording } from '../src/node/replay/play-recording.ts';
import { parseRecording } from '../src/node/replay/recording.ts';
import { compareSession, type ExpectedStep } from './compare/session.ts';

const FOLDER = path.resolve(import.meta.dirname, 'recordings');

/** Sessions that replay exactly as the real host showed them. Add one as soon as it does; none ever leaves this list. */
const WHOLE = [
  'seed-0-stop-all',
  'seed-1-default',
  'seed-2-resolv',
  'seed-2b-resolv-implicit',
  'seed-2c-links',
  'seed-3-ip',
  'seed-4-bridge',
];

async function play(name: string) {
  const text = readFileSync(path.join(FOLDER, `${name}.yaml`), 'utf8');
  const recording = parseRecording(text);
  if (!recording.ok) throw new Error(recording.error);
  const { steps } = parse(text) as { steps: ExpectedStep[] };
  return compareSession(steps, (await playRecording(recording.value)).steps);
}

describe('a recorded session replays whole', () => {
  for (const name of WHOLE)
    it(name, async () => {
      const differing = (await play(name)).filter((step) => step.problems.length > 0);
      expect(differing).toEqual([]);
    }, 60_000);
});

describe('all recordings', () => {
  it('replay without a fault, and at least as many steps as promised are the same', async () => {
    let same = 0;
    let counted = 0;
    for (const file of readdirSync(FOLDER)) {
      const steps = (await play(file.replace(/\.yaml$/, ''))).filter((step) => !step.skipped);
      counted += steps.length;
      same += steps.filter((step) => step.problems.length === 0).length;
    }
    expect(same / counted).toBeGreaterThanOrEqual(0.45);
  }, 300_000);
});
