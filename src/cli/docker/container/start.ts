import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import type { ContainerInspect, WaitAnswer } from '../api-objects.ts';
import type { Cli } from '../cli.ts';
import { containerNames } from '../completion.ts';
import { StreamTerminal } from '../stream-terminal.ts';
import { attachQuery, forwardSignals } from './run.ts';

const NO_CHECKPOINTS = 'processes are not saved';

/** `docker start`: several in the background, or one that is attached. */
export const start = defineCommand({
  use: 'start [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Start one or more stopped containers',
  top: 'start [OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  flags: {
    attach: bool('Attach to its output and pass signals on', { short: 'a' }),
    interactive: bool("Attach to the container's STDIN", { short: 'i' }),
    checkpoint: string('Restore from this checkpoint', { hidden: true, refused: NO_CHECKPOINTS }),
    'checkpoint-dir': string('Where checkpoints are', { hidden: true, refused: NO_CHECKPOINTS }),
    'detach-keys': string('Keys that detach from the container'),
  },
  complete: containerNames({ all: true, state: ['exited', 'created'] }),
  *run({ cli, flags, args }) {
    if (flags.attach || flags.interactive) {
      if (args.length > 1) return yield* cli.fail('you cannot start and attach multiple containers at once');
      return yield* startAttached(cli, args[0] as string, flags.interactive, flags['detach-keys']);
    }
    const failed: string[] = [];
    for (const name of args) {
      const started = yield* cli.call('POST', `/containers/${name}/start`);
      if (started.ok) yield* cli.out(`${name}\n`);
      else {
        yield* cli.error(`${started.error.message}\n`);
        failed.push(name);
      }
    }
    return failed.length === 0 ? 0 : yield* cli.fail(`Error: failed to start containers: ${failed.join(', ')}`);
  },
});

function* startAttached(cli: Cli, name: string, interactive: boolean, detachKeys: string): Sys<number> {
  const inspected = yield* cli.call<ContainerInspect>('GET', `/containers/${name}/json`);
  if (!inspected.ok) return yield* cli.fail(inspected.error.message);
  const { Id: id, Config, HostConfig } = inspected.value;
  const stdin = interactive && Config.OpenStdin;
  const attached = yield* cli.stream('POST', `/containers/${id}/attach`, {
    query: attachQuery({ AttachStdin: stdin, AttachStdout: true, AttachStderr: true }, detachKeys),
  });
  if (!attached.ok) return yield* cli.fail(attached.error.message);
  const terminal = new StreamTerminal(cli, attached.value, {
    stdin,
    tty: Config.Tty,
    detachKeys,
    ...(Config.Tty ? {} : { forward: forwardSignals(cli, id) }),
  });
  yield* terminal.prepare();
  const waiting = yield* cli.begin('POST', `/containers/${id}/wait`, {
    query: { condition: HostConfig.AutoRemove === true ? 'removed' : 'next-exit' },
  });
  const starting = yield* cli.begin('POST', `/containers/${id}/start`);
  const started = starting.ok ? yield* terminal.awaitAnswer(starting.value) : starting;
  if (started === null) return 1;
  if (started.ok) yield* terminal.resize();
  const end = started.ok ? yield* terminal.run() : 'closed';
  yield* terminal.restore();
  yield* attached.value.close();
  if (!started.ok) return yield* cli.fail(started.error.message);
  if (end !== 'closed' || !waiting.ok) return end === 'detached' ? 0 : 1;
  const result = yield* terminal.awaitAnswer<WaitAnswer>(waiting.value);
  if (result === null) return 1;
  return result.ok ? result.value.StatusCode : yield* cli.fail(result.error.message);
}
