import { err, ok, type Result } from '../../base/result.ts';
import type { Input } from './exercise.ts';
import { parseInput } from './parse-input.ts';
import { isData, Reading } from './reading.ts';

/** How an exercise is tried out (`scenarios/<folder>/ways.yaml`): for tests, not for learners. */
export interface Ways {
  /** What its steps answer to each question: what the texts take for granted. */
  readonly answers: Readonly<Record<string, string>>;
  /** Other right ways: each solves the exercise. */
  readonly right: readonly Way[];
  /** Ways that don't; each shows the mistake of that id at its end. */
  readonly wrong: readonly WrongWay[];
}

export interface Way {
  readonly name: string;
  readonly inputs: readonly Input[];
}

export interface WrongWay extends Way {
  readonly mistake: string;
}

/** Reads the ways out of the data of their YAML. */
export function parseWays(value: unknown): Result<Ways, string> {
  if (!isData(value)) return err('ways have to be a mapping');
  const problems: string[] = [];
  const data = new Reading(value, '', problems).only('answers', 'right', 'wrong');
  const way = (each: Reading): Way => ({ name: each.text('name'), inputs: each.list('inputs', parseInput) });
  const answers = data.object('answers');
  const ways: Ways = {
    answers: Object.fromEntries(data.entries('answers').map(([question]) => [question, answers.text(question)])),
    right: data.list('right', (each) => way(each.only('name', 'inputs'))),
    wrong: data.list('wrong', (each) => ({
      ...way(each.only('name', 'mistake', 'inputs')),
      mistake: each.text('mistake'),
    })),
  };
  return problems.length === 0 ? ok(ways) : err(problems.join('\n'));
}
