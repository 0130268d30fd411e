import { loadProject } from '../../../compose/v1/load.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { GLOBAL_OPTIONS, VERBS } from './docker-compose.ts';
import type { Option } from './options.ts';

/** Verbs whose positionals are no services, or only the first of them is one. */
const WITHOUT_SERVICES = ['config', 'down', 'version'];
const FIRST_ALONE = ['exec', 'port', 'run'];

/**
 * What could stand for the last of docker-compose's words: options, verbs, services of the project. null: a file.
 * @param words behind `docker-compose`
 */
export function* completeCompose(words: readonly string[], proc: Proc): Sys<readonly string[] | null> {
  const word = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const verbAt = positionalsOf(before, GLOBAL_OPTIONS)[0];
  const verb = verbAt === undefined ? undefined : VERBS.find(({ name }) => name === before[verbAt]);
  const own = verbAt === undefined ? before : before.slice(verbAt + 1);
  const options = verbAt === undefined ? GLOBAL_OPTIONS : (verb?.options ?? []);
  const waiting = optionCalled(options, own.at(-1));
  if (waiting?.value !== undefined) return waiting.value === 'FILE' || waiting.value === 'PATH' ? null : [];
  if (word.startsWith('-')) return options.map(({ long }) => long);
  if (verbAt === undefined) return VERBS.map(({ name }) => name).toSorted();
  if (!verb || WITHOUT_SERVICES.includes(verb.name)) return [];
  if (FIRST_ALONE.includes(verb.name) && positionalsOf(own, options).length > 0) return null;
  return yield* services(before.slice(0, verbAt), proc);
}

/** The names that the compose file gives; none where it can't be read. */
function* services(globals: readonly string[], proc: Proc): Sys<readonly string[]> {
  const files = globals.flatMap((word, i) => (['-f', '--file'].includes(word) ? (globals[i + 1] ?? []) : []));
  const loaded = yield* loadProject(proc, {
    files: files.length > 0 ? files : (proc.env.get('COMPOSE_FILE')?.split(':') ?? []),
    projectName: null,
    projectDirectory: null,
    envFile: null,
    profiles: ['*'],
  });
  return loaded.ok ? loaded.value.project.services.map(({ name }) => name) : [];
}

/** Where among the words the positionals stand: those that are neither options nor their values. */
function positionalsOf(words: readonly string[], options: readonly Option[]): readonly number[] {
  return words.flatMap((word, i) =>
    word.startsWith('-') || optionCalled(options, words[i - 1])?.value !== undefined ? [] : [i],
  );
}

const optionCalled = (options: readonly Option[], word: string | undefined): Option | undefined =>
  word === undefined ? undefined : options.find(({ short, long }) => word === short || word === long);
