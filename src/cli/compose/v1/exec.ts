import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { oneContainer } from './containers.ts';
import { namedServices, type Verb } from './verb.ts';

export const exec: Verb = {
  name: 'exec',
  short: 'Execute a command in a running container',
  args: '[options] [-e KEY=VAL...] [--] SERVICE COMMAND [ARGS...]',
  stopAtFirst: true,
  atLeast: 2,
  options: [
    { short: '-d', long: '--detach', help: 'Run it in the background.' },
    { long: '--privileged', help: 'Give it extended rights.' },
    { short: '-u', long: '--user', value: 'USER', help: 'Run it as this user.' },
    { short: '-T', long: '--no-TTY', help: 'Without a pseudo-terminal.' },
    { long: '--index', value: 'index', help: 'Which container of the service (default: 1).' },
    { short: '-e', long: '--env', value: 'KEY=VAL', repeat: true, help: 'An environment variable.' },
    { short: '-w', long: '--workdir', value: 'DIR', help: 'Where to run it.' },
  ],
  *run(context) {
    const { parsed, proc } = context;
    const [service = '', ...command] = parsed.positional;
    if ((yield* namedServices(context, [service])) === null) return 1;
    const container = yield* oneContainer(context, service, Number(parsed.values.get('--index')?.[0] ?? 1));
    if (!container) return 1;
    const args = ['exec'];
    if (parsed.flags.has('--detach')) args.push('--detach');
    else args.push('--interactive');
    if (!parsed.flags.has('--no-TTY') && !parsed.flags.has('--detach')) args.push('--tty');
    if (parsed.flags.has('--privileged')) args.push('--privileged');
    for (const option of ['--user', '--workdir']) {
      const [value] = parsed.values.get(option) ?? [];
      if (value !== undefined) args.push(option, value);
    }
    for (const variable of parsed.values.get('--env') ?? []) args.push('--env', variable);
    return yield* callDocker(proc, [...args, container.id, ...command]);
  },
};

/** Runs the docker command as a child, as docker-compose 1.29 does for everything interactive (compose/cli/main.py, call_docker). */
export function* callDocker(proc: Proc, args: readonly string[]): Sys<number> {
  proc.disposition('SIGINT', 'catch');
  const child = yield* proc.spawn({ run: { path: '/usr/bin/docker' }, argv: ['docker', ...args] });
  if (!child.ok) return 1;
  for (;;) {
    const status = yield* proc.wait(child.value);
    if (status.ok && status.value?.how === 'exited') return status.value.status;
    if (status.ok && status.value?.how === 'signaled') return 1;
    if (!status.ok && status.error !== 'EINTR') return 1;
    proc.takeSignal();
  }
}
