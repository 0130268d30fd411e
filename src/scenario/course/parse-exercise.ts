import { err, ok, type Result } from '../../base/result.ts';
import type { Check, Exercise, ExerciseValue, Mistake, Question, Step } from './exercise.ts';
import { parseCondition } from './parse-condition.ts';
import { parseInput } from './parse-input.ts';
import { isData, Reading } from './reading.ts';

/** Reads an exercise out of the data of its YAML. The failure lists everything that is wrong, a line each. */
export function parseExercise(value: unknown): Result<Exercise, string> {
  if (!isData(value)) return err('an exercise has to be a mapping');
  const problems: string[] = [];
  const exercise = readExercise(new Reading(value, '', problems));
  for (const { id, hints } of exercise.steps.flatMap((step) => step.checks))
    if (hints.length === 0) problems.push(`the check "${id}" has no hints`);
  return problems.length === 0 ? ok(exercise) : err(problems.join('\n'));
}

/** The same out of a part of something larger: problems go where that one's go. */
export function readExercise(data: Reading): Exercise {
  data.only('id', 'folder', 'aim', 'files', 'values', 'steps', 'mistakes', 'outcome');
  const exercise: Exercise = {
    id: data.text('id'),
    folder: data.text('folder'),
    aim: data.localized('aim'),
    files: filesOf(data),
    values: valuesOf(data),
    steps: data.list('steps', stepOf),
    mistakes: data.list('mistakes', mistakeOf),
    together: false,
    outcome: data.localized('outcome'),
  };
  checkReferences(exercise, data.problems);
  return exercise;
}

export function filesOf(data: Reading): Record<string, string> {
  const files = data.entries('files');
  for (const [path, content] of files)
    if (typeof content !== 'string') data.problem(`files.${path}`, 'has to be a text');
  return Object.fromEntries(files) as Record<string, string>;
}

export function valuesOf(data: Reading): Record<string, ExerciseValue> {
  if (!data.has('values')) return {};
  const values = data.object('values');
  return Object.fromEntries(
    data.entries('values').map(([name]) => {
      const value = values.object(name).only('addressOf', 'ruleAgainst', 'label');
      const attempt = value.has('ruleAgainst') ? value.object('ruleAgainst').only('from', 'at', 'port') : null;
      return [
        name,
        {
          addressOf: attempt ? null : value.text('addressOf'),
          ruleAgainst: attempt && { from: attempt.text('from'), at: attempt.text('at'), port: attempt.number('port') },
          label: value.localized('label'),
        },
      ];
    }),
  );
}

function stepOf(data: Reading): Step {
  data.only('id', 'title', 'text', 'questions', 'actions', 'notice', 'checks', 'arrival');
  return {
    id: data.text('id'),
    title: data.localized('title'),
    text: data.localized('text'),
    questions: data.list('questions', questionOf),
    actions: data.list('actions', parseInput),
    notice: data.has('notice') ? data.localized('notice') : null,
    checks: data.list('checks', checkOf),
    isArrival: data.flag('arrival'),
  };
}

function questionOf(data: Reading): Question {
  data.only('id', 'text', 'choices', 'because', 'after');
  return {
    id: data.text('id'),
    text: data.localized('text'),
    choices: data.list('choices', (choice) => ({
      id: choice.only('id', 'text', 'when').text('id'),
      text: choice.localized('text'),
      when: conditionOf(choice),
    })),
    because: data.localized('because'),
    after: data.texts('after'),
  };
}

export function checkOf(data: Reading): Check {
  data.only('id', 'label', 'when', 'after', 'hints');
  const grades = data.has('hints') ? data.object('hints').only('nudge', 'pointer', 'way') : null;
  return {
    id: data.text('id'),
    label: data.localized('label'),
    when: conditionOf(data),
    after: data.texts('after'),
    hints: grades ? [grades.localized('nudge'), grades.localized('pointer'), grades.localized('way')] : [],
  };
}

export function mistakeOf(data: Reading): Mistake {
  data.only('id', 'when', 'after', 'until', 'hint');
  return {
    id: data.text('id'),
    when: conditionOf(data),
    after: data.texts('after'),
    until: data.has('until') ? data.text('until') : null,
    hint: data.localized('hint'),
  };
}

const conditionOf = (data: Reading) => parseCondition(data.raw('when'), `${data.place}.when`, data.problems);

/** Ids are unique, and what refers to a check finds it. */
export function checkReferences({ steps, mistakes, folder, values }: Exercise, problems: string[]): void {
  const checks = steps.flatMap((step) => step.checks);
  const questions = steps.flatMap((step) => step.questions);
  const ids = new Set(checks.map((check) => check.id));
  if (checks.length === 0) problems.push('an exercise needs a check');
  for (const [kind, all] of Object.entries({ step: steps, check: checks, question: questions, mistake: mistakes }))
    for (const [i, { id }] of all.entries())
      if (id === '' || all.findIndex((each) => each.id === id) !== i)
        problems.push(`the ${kind} id "${id}" is not unique`);
  const references = [...checks, ...questions, ...mistakes]
    .flatMap(({ after }) => after)
    .concat(mistakes.flatMap(({ until }) => until ?? []));
  for (const id of references) if (!ids.has(id)) problems.push(`there is no check "${id}"`);
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(folder)) problems.push('folder has to be a path below the home folder');
  for (const [, name = ''] of JSON.stringify(steps).matchAll(/\{\{([^}]*)\}\}/g))
    if (!(name in values)) problems.push(`there is no value "${name}"`);
}
