import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { playRecording } from '../src/node/replay/play-recording.ts';
import { parseRecording } from '../src/node/replay/recording.ts';
import { compareSession, type ExpectedStep } from './compare/session.ts';

const FOLDER = path.resolve(import.meta.dirname, 'recordings');

/** How many steps of each session replay as the real host showed them. Raise a number as soon as more do; none ever falls. */
const SAME = parse(readFileSync(path.resolve(import.meta.dirname, 'recordings-same.yaml'), 'utf8')) as Record<
  string,
  number
>;

async function play(name: string) {
  const text = readFileSync(path.join(FOLDER, `${name}.yaml`), 'utf8');
  const recording = parseRecording(text);
  if (!recording.ok) throw new Error(recording.error);
  const { steps } = parse(text) as { steps: ExpectedStep[] };
  return compareSession(steps, (await playRecording(recording.value)).steps).filter((step) => !step.skipped);
}

describe('a recorded session replays as the real host showed it, in as many steps as before', () => {
  for (const name of readdirSync(FOLDER).map((file) => file.replace(/\.yaml$/, '')))
    it(name, async () => {
      const steps = await play(name);
      const differing = steps.filter((step) => step.problems.length > 0);
      const promised = SAME[name] ?? 0;
      if (promised === steps.length) expect(differing).toEqual([]);
      else expect(steps.length - differing.length).toBeGreaterThanOrEqual(promised);
    }, 60_000);
});
