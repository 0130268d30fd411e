import { Up } from '../../../compose/v1/up.ts';
import { up } from './up.ts';
import { type Context, namedServices, type Verb } from './verb.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';

/** Verbs that are `up` with part of its work: create, scale. */

export const create: Verb = {
  name: 'create',
  short: 'Create services',
  args: '[options] [SERVICE...]',
  options: up.options.filter(({ long }) =>
    ['--force-recreate', '--no-recreate', '--no-build', '--build'].includes(long),
  ),
  *run(context) {
    const services = yield* namedServices(context);
    return services === null ? 1 : yield* bring(context, context.parsed.positional, new Map(), false);
  },
};

export const scale: Verb = {
  name: 'scale',
  short: 'Set number of containers for a service',
  args: '[options] [SERVICE=NUM...]',
  options: up.options.filter(({ long }) => long === '--timeout'),
  *run(context) {
    const wanted = new Map<string, number>();
    for (const text of context.parsed.positional) {
      const match = /^([^=]+)=(\d+)$/.exec(text);
      if (!match) {
        yield* context.console.error('Arguments to scale should be in the form service=num');
        return 1;
      }
      wanted.set(match[1] as string, Number(match[2]));
    }
    yield* context.console.warning(
      'The scale command is deprecated. Use the up command with the --scale flag instead.',
    );
    if ((yield* namedServices(context, [...wanted.keys()])) === null) return 1;
    return yield* bring(context, [...wanted.keys()], wanted, true);
  },
};

function* bring(
  { engine, console, project, parsed }: Context,
  services: readonly string[],
  scaled: ReadonlyMap<string, number>,
  start: boolean,
): Sys<number> {
  const result = yield* new Up(engine, console, project, {
    services,
    start,
    withDependencies: false,
    recreate: parsed.flags.has('--force-recreate') ? 'always' : parsed.flags.has('--no-recreate') ? 'never' : 'changed',
    scale: scaled,
    removeOrphans: false,
    timeout: undefined,
  }).run();
  if (!result.ok) yield* console.error(result.error);
  return result.ok ? 0 : 1;
}
