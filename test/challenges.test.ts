import { describe, expect, it, vi } from 'vitest';
import { checksOf, solutionOf } from '../src/scenario/course/exercise.ts';
import { TestPage } from '../src/lab/host/host.fixture.ts';
import { CourseStage } from './course/course-stage.ts';
import { ofItsKind, readChallenge, readWays, scenarioFiles } from './course/read-scenarios.ts';

// A session of a challenge is minutes of the machine's time, and it is played again for each probe.
vi.setConfig({ testTimeout: 60_000 });

/** Each challenge as its data says it: what solves it, by whichever way, and what doesn't. */

const FOLDERS = scenarioFiles().flatMap((file) =>
  file.endsWith('/challenge.yaml') ? [file.replace('/challenge.yaml', '')] : [],
);

describe.each(FOLDERS)('challenge %s', (folder) => {
  const challenge = readChallenge(folder);
  const ways = readWays(folder);
  const solved = Object.fromEntries(checksOf(challenge).map(({ id }) => [id, 'satisfied']));

  it('is unsolved at its start, and sees no mistake in an untouched host', () => {
    const { report } = new CourseStage(challenge);
    expect(new Set(Object.values(report.checks))).toEqual(new Set(['open']));
    expect(report.solved).toBe(false);
    expect(report.mistakes).toEqual([]);
  });

  it('is solved by its solution', () => {
    const stage = new CourseStage(challenge);
    expect(stage.play(solutionOf(challenge)).stuck).toBe(null);
    expect(stage.report.checks).toEqual(solved);
    expect(stage.report.mistakes).toEqual([]);
  });

  it('has at least three other right ways and three wrong ones, and no mistake that nobody makes', () => {
    expect(ways.right.length).toBeGreaterThanOrEqual(3);
    expect(ways.wrong.length).toBeGreaterThanOrEqual(3);
    const made = ways.wrong.map(({ mistake }) => mistake);
    expect(challenge.mistakes.filter(({ id, until }) => until !== null && !made.includes(id))).toEqual([]);
  });

  it.each(ways.right)('is solved $name', ({ inputs }) => {
    const stage = new CourseStage(challenge);
    expect(stage.play(inputs).stuck).toBe(null);
    expect(stage.report.checks).toEqual(solved);
  });

  it.each(ways.wrong)('is not solved: $name', ({ inputs, mistake }) => {
    const stage = new CourseStage(challenge);
    expect(stage.play(inputs).stuck).toBe(null);
    expect(stage.report.solved).toBe(false);
    expect(ofItsKind(mistake, stage.report.mistakes)).toEqual([mistake]);
  });
});

it('a mistake made by a firewall rule is answered with the rule', () => {
  const stage = new CourseStage(readChallenge('challenges/one-door'));
  stage.play(readWays('challenges/one-door').wrong.find(({ mistake }) => mistake === 'rule')?.inputs ?? []);
  expect(stage.report.values).toEqual({ rule: expect.stringContaining('--dport 5432 -j DROP') });
});

describe('checks that try something out', () => {
  it('are answered without a trace on the learner’s machine, and anew when it has changed', () => {
    const challenge = readChallenge('challenges/one-door');
    const plain = new TestPage();
    const page = new TestPage();
    plain.host.probe = () => false;
    for (const each of [plain, page]) {
      each.terminal(1);
      each.send({ do: 'exercise', exercise: challenge });
      each.run(1, 'cd 5-challenges/one-door && docker-compose up -d', 20);
    }
    expect(page.view.exercise?.checks).toEqual({ 'web-db': 'holding', 'web-cache': 'holding', 'cache-not-db': 'open' });
    expect(page.view.exercise?.mistakes).toEqual(['all-together']);
    expect(plain.view.exercise?.checks).toEqual({ 'web-db': 'open', 'web-cache': 'open', 'cache-not-db': 'open' });
    expect(page.log).toEqual(plain.log);
    expect(page.records).toEqual(plain.records);
    page.run(1, 'docker-compose stop -t 0 db', 5);
    expect(page.view.exercise?.checks['web-db']).toBe('open');
    expect(page.view.exercise?.mistakes).toEqual(['stopped']);
  });
});
