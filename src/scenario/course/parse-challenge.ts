import { err, ok, type Result } from '../../base/result.ts';
import type { Exercise } from './exercise.ts';
import { checkOf, checkReferences, filesOf, mistakeOf, valuesOf } from './parse-exercise.ts';
import { parseInput } from './parse-input.ts';
import { isData, Reading } from './reading.ts';

/**
 * Reads a challenge (`scenarios/challenges/<name>/challenge.yaml`): an exercise that says what shall be, not how to get there. It has one
 * step, whose actions are its solution, and is solved when all its checks hold at one moment.
 */
export function parseChallenge(value: unknown): Result<Exercise, string> {
  if (!isData(value)) return err('a challenge has to be a mapping');
  const problems: string[] = [];
  const data = new Reading(value, '', problems);
  data.only('id', 'folder', 'goal', 'aim', 'files', 'values', 'checks', 'solution', 'mistakes', 'outcome');
  const goal = data.localized('goal');
  const challenge: Exercise = {
    id: data.text('id'),
    folder: data.text('folder'),
    aim: data.localized('aim'),
    files: filesOf(data),
    values: valuesOf(data),
    steps: [
      {
        id: 'goal',
        title: goal,
        text: goal,
        questions: [],
        actions: data.list('solution', parseInput),
        notice: null,
        isArrival: false,
        checks: data.list('checks', checkOf),
      },
    ],
    mistakes: data.list('mistakes', mistakeOf),
    together: true,
    outcome: data.localized('outcome'),
  };
  checkReferences(challenge, problems);
  const { actions, checks } = challenge.steps[0] as Exercise['steps'][number];
  if (actions.length === 0) problems.push('a challenge needs a solution');
  for (const { id, hints, after } of checks) {
    if (hints.length === 0) problems.push(`the check "${id}" has no hints`);
    if (after.length > 0) problems.push(`the check "${id}" comes after another: those of a challenge hold together`);
  }
  return problems.length === 0 ? ok(challenge) : err(problems.join('\n'));
}
