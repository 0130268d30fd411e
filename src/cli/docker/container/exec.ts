import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand, type Invocation } from '../../command/command.ts';
import { bool, list, string } from '../../command/flag.ts';
import type { ContainerInspect } from '../api-objects.ts';
import { containerNames } from '../completion.ts';
import { StreamTerminal } from '../stream-terminal.ts';
import { checkEnv } from './checks.ts';
import { readKeyValues } from './key-value-files.ts';

const FLAGS = {
  detach: bool('Leave the command in the background', { short: 'd' }),
  'detach-keys': string('Keys that detach from the command'),
  env: list('Set an environment variable', { short: 'e', check: checkEnv }),
  'env-file': list('Read environment variables from a file'),
  interactive: bool('Keep STDIN open, attached or not', { short: 'i' }),
  privileged: bool('Give the command extended privileges'),
  tty: bool('Give it a pseudo-terminal', { short: 't' }),
  user: string('User name or UID (name|uid[:group|gid])', { short: 'u' }),
  workdir: string('Working directory inside the container', { short: 'w' }),
} as const;

/** `docker exec` (docker/cli container/exec.go). */
export const exec = defineCommand({
  use: 'exec [OPTIONS] CONTAINER COMMAND [ARG...]',
  short: 'Execute a command in a running container',
  top: 'exec [OPTIONS] CONTAINER COMMAND [ARG...]',
  common: 2,
  args: atLeast(2),
  interspersed: false,
  flags: FLAGS,
  complete: (cli, args, word, given) =>
    args.length === 0 ? containerNames({ all: false })(cli, args, word, given) : none(),
  *run(invocation) {
    const { cli, flags, args } = invocation;
    const [name = '', ...command] = args;
    const env = yield* readKeyValues(cli.proc, flags['env-file'], flags.env, (each) => cli.proc.env.get(each));
    if (!env.ok) return yield* cli.fail(env.error);
    const inspected = yield* cli.call<ContainerInspect>('GET', `/containers/${name}/json`);
    if (!inspected.ok) return yield* cli.fail(inspected.error.message);
    if (!flags.detach && flags.interactive && flags.tty && !cli.proc.isTty(0))
      return yield* cli.fail('the input device is not a TTY');
    const size = flags.tty ? cli.proc.windowSize(1) : null;
    const consoleSize = size === null ? {} : { ConsoleSize: [size.rows, size.columns] };
    const created = yield* cli.call<{ Id: string }>('POST', `/containers/${name}/exec`, {
      body: {
        User: flags.user,
        Privileged: flags.privileged,
        Tty: flags.tty,
        ...consoleSize,
        AttachStdin: !flags.detach && flags.interactive,
        AttachStdout: !flags.detach,
        AttachStderr: !flags.detach,
        DetachKeys: flags['detach-keys'],
        Env: env.value,
        WorkingDir: flags.workdir,
        Cmd: command,
      },
    });
    if (!created.ok) return yield* cli.fail(created.error.message);
    const body = { Detach: flags.detach, Tty: flags.tty, ...consoleSize };
    return yield* startExec(invocation, created.value.Id, body);
  },
});

function* startExec({ cli, flags }: Invocation<typeof FLAGS>, id: string, body: unknown): Sys<number> {
  if (flags.detach) {
    const started = yield* cli.call('POST', `/exec/${id}/start`, { body });
    return started.ok ? 0 : yield* cli.fail(started.error.message);
  }
  const started = yield* cli.stream('POST', `/exec/${id}/start`, { body });
  if (!started.ok) return yield* cli.fail(started.error.message);
  const terminal = new StreamTerminal(cli, started.value, {
    stdin: flags.interactive,
    tty: flags.tty,
    detachKeys: flags['detach-keys'],
  });
  yield* terminal.prepare();
  yield* terminal.resize();
  const end = yield* terminal.run();
  yield* terminal.restore();
  yield* started.value.close();
  if (end === 'detached') return yield* cli.fail('read escape sequence');
  const inspected = yield* cli.call<{ ExitCode: number | null }>('GET', `/exec/${id}/json`);
  return inspected.ok ? (inspected.value.ExitCode ?? 0) : yield* cli.fail(inspected.error.message);
}

function* none(): Sys<readonly string[]> {
  return [];
}
