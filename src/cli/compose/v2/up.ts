import { create } from '../../../compose/v2/create.ts';
import type { ComposeProject } from '../../../compose/v2/project.ts';
import { noSuchService, withSelectedServices } from '../../../compose/v2/selection.ts';
import { start } from '../../../compose/v2/start.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { bool, int, list, string } from '../../command/flag.ts';
import { AttachedUp } from './attached-up.ts';
import { CREATE_FLAGS, createConflict, createOptions, isTruthy, withCreateFlags } from './create-options.ts';
import { type ComposeInvocation, defineVerb } from './verb.ts';

const FLAGS = {
  ...CREATE_FLAGS,
  detach: bool('Run containers in the background', { short: 'd' }),
  'no-color': bool('Produce monochrome output'),
  'no-log-prefix': bool("Don't print prefix in logs"),
  'no-start': bool("Don't start the services after creating them"),
  'abort-on-container-exit': bool('Stop all containers if any has stopped. Not with -d'),
  'abort-on-container-failure': bool('Stop all containers if any has failed. Not with -d'),
  'exit-code-from': string("Return this service's exit code. Implies --abort-on-container-exit"),
  timeout: int('Seconds until a container that is to stop is killed', { short: 't' }),
  timestamps: bool('Show timestamps'),
  'no-deps': bool("Don't start linked services"),
  'always-recreate-deps': bool('Recreate dependent containers. Not with --no-recreate.'),
  'renew-anon-volumes': bool("Recreate anonymous volumes instead of keeping the old containers' data", { short: 'V' }),
  'quiet-build': bool('Suppress the build output'),
  attach: list('Attach to these services alone', { type: 'stringArray' }),
  'no-attach': list('Do not attach to these services', { type: 'stringArray' }),
  'attach-dependencies': bool('Attach to the logs of dependencies too'),
  wait: bool('Wait for services to be running or healthy. Implies -d.'),
  'wait-timeout': int('How many seconds to wait at most'),
  watch: bool('Watch source code and refresh containers', {
    short: 'w',
    refused: 'there is nothing to rebuild; a file that is mounted is seen at once',
  }),
  menu: bool('Interactive shortcuts while attached'),
} as const;

type Up = ComposeInvocation<typeof FLAGS>;

export const up = defineVerb({
  use: 'up [OPTIONS] [SERVICE...]',
  short: 'Create and start containers',
  flags: FLAGS,
  *run(invocation) {
    const { compose, args, flags } = invocation;
    const { console, proc } = compose;
    const conflict = conflictOf(invocation);
    if (conflict !== null) return yield* console.fail(conflict);
    const loaded = yield* compose.toProject(args);
    if (!loaded.ok) return yield* console.fail(loaded.error);
    const removeOrphans = flags['remove-orphans'] || isTruthy(proc.env.get('COMPOSE_REMOVE_ORPHANS'));
    if (flags['remove-orphans'] && isTruthy(loaded.value.variables.get('COMPOSE_IGNORE_ORPHANS')))
      return yield* console.fail('cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans');
    if (flags.attach.length > 0 && flags['attach-dependencies'])
      return yield* console.fail('cannot combine --attach and --attach-dependencies');
    if (!compose.options.allResources && loaded.value.services.length === 0)
      return yield* console.fail('no service selected');
    const scaled = withCreateFlags(loaded.value, flags, invocation.changed('pull'));
    if (!scaled.ok) return yield* console.fail(scaled.error);
    const selected = flags['no-deps'] ? withSelectedServices(scaled.value, args, 'alone') : scaled;
    if (!selected.ok) return yield* console.fail(selected.error);
    return yield* bring(invocation, selected.value, removeOrphans);
  },
});

function* bring(invocation: Up, project: ComposeProject, removeOrphans: boolean): Sys<number> {
  const { compose, args, flags, changed } = invocation;
  const exitFrom = flags['exit-code-from'];
  if (exitFrom !== '' && !project.services.some((service) => service.name === exitFrom))
    return yield* compose.console.fail(noSuchService(project, exitFrom));
  const options = createOptions(flags, project, args, {
    inherit: !flags['renew-anon-volumes'],
    removeOrphans,
    timeout: changed('timeout') ? flags.timeout : undefined,
    ...(flags['always-recreate-deps'] && { recreateDependencies: 'force' as const }),
  });
  if (flags['no-start']) return yield* compose.operate('Creating', (task) => create(task, project, options));
  const detached = flags.detach || flags.wait;
  const attached = detached ? [] : attachedServices(invocation, project);
  if (typeof attached === 'string') return yield* compose.console.fail(attached);
  const made = yield* compose.progress('Running', function* (task) {
    const created = yield* create(task, project, options);
    if (!created.ok || !detached) return created;
    return yield* start(task, project, { wait: flags.wait, waitTimeout: flags['wait-timeout'] });
  });
  if (!made.ok) return yield* compose.console.fail(made.error);
  if (detached) return 0;
  return yield* new AttachedUp(compose, project, {
    services: args,
    attached,
    prefix: !flags['no-log-prefix'],
    colors: !flags['no-color'] && compose.console.colors,
    timestamps: flags.timestamps,
    cascade: flags['abort-on-container-failure']
      ? 'on failure'
      : flags['abort-on-container-exit'] || exitFrom !== ''
        ? 'on exit'
        : 'never',
    exitCodeFrom: exitFrom,
    menu: hasMenu(invocation),
  }).run();
}

/** Flags that don't go together (cmd/compose/up.go, validateFlags). */
function conflictOf({ flags }: Up): string | null {
  const cascadeFail = flags['abort-on-container-failure'];
  const cascadeStop = flags['abort-on-container-exit'] || (flags['exit-code-from'] !== '' && !cascadeFail);
  if (cascadeStop && cascadeFail)
    return '--abort-on-container-failure cannot be combined with --abort-on-container-exit';
  if (flags.wait && (flags['attach-dependencies'] || cascadeStop || flags.attach.length > 0))
    return '--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies';
  if (flags.build && flags['no-build']) return '--build and --no-build are incompatible';
  const attaching =
    flags['attach-dependencies'] || cascadeStop || cascadeFail || flags.attach.length > 0 || flags.watch;
  if ((flags.detach || flags.wait) && attaching)
    return `${flags.wait ? '--wait' : '--detach'} cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch`;
  if (flags['renew-anon-volumes'] && flags['no-recreate'])
    return '--no-recreate and --renew-anon-volumes are incompatible';
  const conflict = createConflict(flags);
  if (conflict !== null) return conflict;
  if (flags['always-recreate-deps'] && flags['no-recreate'])
    return '--always-recreate-deps and --no-recreate are incompatible';
  return flags['no-build'] && flags.watch ? '--no-build and --watch are incompatible' : null;
}

/** Whose output is shown; or what is wrong with the names. */
function attachedServices({ args, flags }: Up, project: ComposeProject): readonly string[] | string {
  const all = project.services.map((service) => service.name);
  const unknown = flags.attach.filter((name) => !all.includes(name));
  if (unknown.length > 0) return `cannot attach to services not included in up: ${unknown.join(', ')}`;
  const named = args.length > 0 && !flags['attach-dependencies'] ? args : all;
  const wanted =
    flags.attach.length > 0
      ? flags.attach
      : project.services
          .filter((service) => named.includes(service.name) && service.source['attach'] !== false)
          .map((service) => service.name);
  return wanted.filter((name) => !flags['no-attach'].includes(name));
}

/** The line of shortcuts at the bottom of the terminal. */
function hasMenu({ compose: { proc, options }, flags, changed }: Up): boolean {
  if (!proc.isTty(0) || !proc.isTty(1) || options.progress === 'plain') return false;
  if (changed('menu')) return flags.menu;
  const fromEnvironment = proc.env.get('COMPOSE_MENU');
  return fromEnvironment === undefined || isTruthy(fromEnvironment);
}
