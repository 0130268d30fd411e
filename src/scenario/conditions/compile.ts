import { err, ok, type Result } from '../../base/result.ts';
import type { Condition } from '../course/exercise.ts';
import { Reading } from '../course/reading.ts';
import { composeFile } from './compose-file.ts';
import { composeFileTrouble } from './compose-file-trouble.ts';
import {
  ended,
  halfRecreated,
  hasAddress,
  removed,
  running,
  settled,
  startedElsewhere,
  unstarted,
} from './container-state.ts';
import { file, folderInstead } from './files.ts';
import { clearedAway, network, onNetwork } from './network.ts';
import { bindFailed, portTaken, published } from './ports.ts';
import type { AnyPredicate, Answer, Question } from './predicate.ts';
import { fails, getsPage, reaches, resolves } from './reach.ts';
import { connected, dropped, refused, requested, resolved } from './traffic.ts';

/** Every name that a condition may use. */
const PREDICATES: ReadonlyMap<string, AnyPredicate> = new Map(
  [
    composeFile,
    composeFileTrouble,
    file,
    folderInstead,
    running,
    ended,
    unstarted,
    removed,
    settled,
    startedElsewhere,
    hasAddress,
    halfRecreated,
    network,
    onNetwork,
    clearedAway,
    published,
    portTaken,
    bindFailed,
    connected,
    refused,
    dropped,
    resolved,
    requested,
    reaches,
    fails,
    getsPage,
    resolves,
  ].map((predicate) => [predicate.name, predicate]),
);

/** Makes a condition askable. The failure names what is wrong in it. */
export function compileCondition(condition: Condition): Result<Question, string> {
  const problems: string[] = [];
  const question = compile(condition, problems);
  return problems.length === 0 ? ok(question) : err(problems.join('\n'));
}

function compile(condition: Condition, problems: string[]): Question {
  if ('not' in condition) {
    const inner = compile(condition.not, problems);
    return (view, since) => {
      const answer = inner(view, since);
      return answer === 'unknown' ? answer : !answer;
    };
  }
  if ('all' in condition) {
    const parts = condition.all.map((each) => compile(each, problems));
    return (view, since) => join(parts, false, (part) => part(view, since));
  }
  if ('any' in condition) {
    const parts = condition.any.map((each) => compile(each, problems));
    return (view, since) => join(parts, true, (part) => part(view, since));
  }
  const predicate = PREDICATES.get(condition.is);
  if (!predicate) {
    problems.push(`there is no predicate "${condition.is}"; there are ${[...PREDICATES.keys()].join(', ')}`);
    return () => false;
  }
  return predicate.bind(new Reading(condition.with, condition.is, problems));
}

/** Asks one after the other until one decides; one that isn't known leaves it open, and those behind it are asked all the same. */
function join(parts: readonly Question[], decisive: boolean, ask: (part: Question) => Answer): Answer {
  let answer: Answer = !decisive;
  for (const part of parts) {
    const each = ask(part);
    if (each === decisive) return decisive;
    if (each === 'unknown') answer = each;
  }
  return answer;
}
