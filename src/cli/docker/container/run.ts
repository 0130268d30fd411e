import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Signal } from '../../../kernel/syscalls/signal.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand, type Invocation } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import type { WaitAnswer } from '../api-objects.ts';
import type { ApiFailure, Cli } from '../cli.ts';
import { imageNames, networkNames, signalNames, words } from '../completion.ts';
import { StreamTerminal } from '../stream-terminal.ts';
import { createBody, type CreateBody } from './create-body.ts';
import { createContainer, pullOptionError, withHelp } from './create-container.ts';
import { CREATE_FLAGS } from './create-flags.ts';

const FLAGS = {
  ...CREATE_FLAGS,
  detach: bool('Leave the container in the background and print its ID', { short: 'd' }),
  'detach-keys': string('Keys that detach from the container'),
  'sig-proxy': bool('Pass signals on to the process', { initial: true }),
} as const;

/** `docker run` (docker/cli container/run.go): create, attach, start, and follow to the end. */
export const run = defineCommand({
  use: 'run [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Create and run a new container from an image',
  top: 'run [OPTIONS] IMAGE [COMMAND] [ARG...]',
  common: 1,
  args: atLeast(1),
  interspersed: false,
  flags: FLAGS,
  complete: imageNames(1),
  completeFlag: {
    network: networkNames,
    'stop-signal': signalNames,
    restart: words('always', 'no', 'on-failure', 'unless-stopped'),
    pull: words('always', 'missing', 'never'),
  },
  *run(invocation) {
    const { cli, flags, args, changed } = invocation;
    const wrongPull = pullOptionError(flags.pull);
    if (wrongPull !== null) return yield* cli.fail(withHelp(wrongPull, 'run'), 125);
    const body = yield* createBody(cli.proc, flags, changed, args);
    if (!body.ok) return yield* cli.fail(withHelp(body.error, 'run'), 125);
    if (flags.detach && flags.attach.length > 0)
      return yield* cli.fail('conflicting options: cannot specify both --attach and --detach');
    if (!flags.detach && body.value.AttachStdin && body.value.Tty && !cli.proc.isTty(0))
      return yield* cli.fail('the input device is not a TTY');
    return yield* runContainer(invocation, flags.detach ? detached(body.value) : body.value);
  },
});

function detached(body: CreateBody): CreateBody {
  return { ...body, AttachStdin: false, AttachStdout: false, AttachStderr: false, StdinOnce: false };
}

function* runContainer({ cli, flags }: Invocation<typeof FLAGS>, body: CreateBody): Sys<number> {
  const created = yield* createContainer(cli, body, flags);
  if (!created.ok) return yield* failRun(cli, created.error);
  const id = created.value;
  if (!body.AttachStdin && !body.AttachStdout && !body.AttachStderr) {
    // The ID is out before it is known whether the container starts.
    yield* cli.out(`${id}\n`);
    const started = yield* cli.call('POST', `/containers/${id}/start`);
    return started.ok ? 0 : yield* failRun(cli, started.error);
  }
  const attached = yield* cli.stream('POST', `/containers/${id}/attach`, {
    query: attachQuery(body, flags['detach-keys']),
  });
  if (!attached.ok) return yield* cli.fail(attached.error.message);
  const terminal = new StreamTerminal(cli, attached.value, {
    stdin: body.AttachStdin,
    tty: body.Tty,
    detachKeys: flags['detach-keys'],
    ...(flags['sig-proxy'] ? { forward: forwardSignals(cli, id) } : {}),
  });
  yield* terminal.prepare();
  const waiting = yield* cli.begin('POST', `/containers/${id}/wait`, {
    query: { condition: flags.rm ? 'removed' : 'next-exit' },
  });
  // A signal that comes meanwhile is passed on; the start goes on (docker/cli signals.go, ForwardAllSignals).
  const starting = yield* cli.begin('POST', `/containers/${id}/start`);
  const started = starting.ok ? yield* terminal.awaitAnswer(starting.value) : starting;
  if (started === null) return 1;
  if (!started.ok) {
    yield* terminal.restore();
    yield* attached.value.close();
    if (flags.rm && waiting.ok) yield* cli.answer(waiting.value);
    return yield* failRun(cli, started.error);
  }
  yield* terminal.resize();
  const end = yield* terminal.run();
  yield* terminal.restore();
  yield* attached.value.close();
  if (end === 'detached') return 0;
  if (end === 'forced' || !waiting.ok) return 1;
  const result = yield* terminal.awaitAnswer<WaitAnswer>(waiting.value);
  if (result === null) return 1;
  return result.ok
    ? result.value.StatusCode
    : yield* cli.fail(`error waiting for container: ${result.error.message}`, 125);
}

/** What of a container's streams to attach. */
export function attachQuery(
  streams: { readonly AttachStdin: boolean; readonly AttachStdout: boolean; readonly AttachStderr: boolean },
  detachKeys: string,
): Record<string, string> {
  return {
    stream: '1',
    ...(streams.AttachStdin ? { stdin: '1' } : {}),
    ...(streams.AttachStdout ? { stdout: '1' } : {}),
    ...(streams.AttachStderr ? { stderr: '1' } : {}),
    ...(detachKeys === '' ? {} : { detachKeys }),
  };
}

/** Passes a signal on to the container's process; that it may be gone meanwhile is no matter. */
export function forwardSignals(cli: Cli, id: string): (signal: Signal) => Sys<void> {
  return function* (signal) {
    yield* cli.call('POST', `/containers/${id}/kill`, { query: { signal } });
  };
}

/** 127 and 126 where the command is the culprit, 125 otherwise (docker/cli toStatusError). */
function* failRun(cli: Cli, failure: ApiFailure): Sys<number> {
  const { message } = failure;
  const missing = /executable file not found|no such file or directory|system cannot find the file/.test(message);
  const status = missing ? 127 : /permission denied|is a directory/.test(message) ? 126 : 125;
  return yield* cli.fail(withHelp(message, 'run'), status);
}
