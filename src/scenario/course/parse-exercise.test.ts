import { describe, expect, it } from 'vitest';
import { compileCondition } from '../conditions/compile.ts';
import { parseExercise } from './parse-exercise.ts';

const both = (text: string) => ({ ja: text, en: text });
const check = {
  id: 'up',
  label: both('up'),
  when: { running: { part: 'web' } },
  hints: { nudge: both('a'), pointer: both('b'), way: both('c') },
};
const step = { id: 'one', title: both('One'), text: both('Do it'), actions: [{ run: 'true' }], checks: [check] };
const exercise = { id: 'x', folder: 'a/b', aim: both('aim'), steps: [step], outcome: both('done') };

describe('an exercise', () => {
  it('is read with what may be left out filled in', () => {
    const read = parseExercise(exercise);
    expect(read).toMatchObject({
      ok: true,
      value: {
        files: {},
        values: {},
        mistakes: [],
        steps: [
          {
            questions: [],
            notice: null,
            isArrival: false,
            actions: [{ do: 'run', line: 'true', terminal: 'first', stays: false }],
          },
        ],
      },
    });
  });

  it.each([
    [{ ...exercise, aim: { ja: '目的' } }, 'aim has to be a text in both languages: { ja, en }'],
    [{ ...exercise, stpes: [] }, 'stpes is not known here'],
    [{ ...exercise, steps: [] }, 'an exercise needs a check'],
    [{ ...exercise, steps: [step, step] }, 'the step id "one" is not unique'],
    [{ ...exercise, folder: '../x y' }, 'folder has to be a path below the home folder'],
    [{ ...exercise, steps: [{ ...step, checks: [{ ...check, after: ['down'] }] }] }, 'there is no check "down"'],
    [
      { ...exercise, steps: [{ ...step, actions: [{ run: 'ping {{web.address}}' }] }] },
      'there is no value "web.address"',
    ],
    [
      { ...exercise, steps: [{ ...step, actions: [{ run: 'ls', terminal: 'ninth' }] }] },
      'steps[0].actions[0].terminal has to be one of first, second, third',
    ],
    [
      { ...exercise, steps: [{ ...step, checks: [{ ...check, when: { a: {}, b: {} } }] }] },
      "steps[0].checks[0].when has to be a mapping with one key: a predicate's name, all, any or not",
    ],
    [{ ...exercise, steps: [{ ...step, checks: [{ ...check, hints: undefined }] }] }, 'the check "up" has no hints'],
    ['text', 'an exercise has to be a mapping'],
  ])('is refused where something is wrong (%#)', (data, problem) => {
    const read = parseExercise(data);
    expect(read.ok ? '' : read.error.split('\n')).toContain(problem);
  });
});

describe('a condition', () => {
  it.each([
    [{ is: 'runing', with: {} }, /^there is no predicate "runing"; there are compose-file, /],
    [{ is: 'running', with: { prat: 'web' } }, /running\.prat is not known here/],
    [{ not: { all: [{ is: 'running', with: { part: 1 } }] } }, /running\.part has to be a text/],
  ])('is refused where it asks for what is not there (%#)', (condition, problem) => {
    const compiled = compileCondition(condition);
    expect(compiled.ok ? '' : compiled.error).toMatch(problem);
  });
});
