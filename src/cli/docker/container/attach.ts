import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import type { ContainerInspect, WaitAnswer } from '../api-objects.ts';
import { containerNames } from '../completion.ts';
import { StreamTerminal } from '../stream-terminal.ts';
import { attachQuery, forwardSignals } from './run.ts';

/** `docker attach`. */
export const attach = defineCommand({
  use: 'attach [OPTIONS] CONTAINER',
  short: "Attach this terminal to a running container's input and output",
  top: 'attach [OPTIONS] CONTAINER',
  args: exactly(1),
  flags: {
    'detach-keys': string('Keys that detach from the container'),
    'no-stdin': bool("Don't attach STDIN"),
    'sig-proxy': bool('Pass signals on to the process', { initial: true }),
  },
  complete: containerNames({ all: false, state: ['running'] }),
  *run({ cli, flags, args: [name = ''] }) {
    const inspected = yield* cli.call<ContainerInspect>('GET', `/containers/${name}/json`);
    if (!inspected.ok) return yield* cli.fail(inspected.error.message);
    const { State, Config } = inspected.value;
    if (!State.Running) return yield* cli.fail('You cannot attach to a stopped container, start it first');
    if (State.Paused) return yield* cli.fail('You cannot attach to a paused container, unpause it first');
    if (State.Restarting)
      return yield* cli.fail('You cannot attach to a restarting container, wait until it is running');
    if (!flags['no-stdin'] && Config.Tty && !cli.proc.isTty(0)) return yield* cli.fail('the input device is not a TTY');
    const waiting = yield* cli.begin('POST', `/containers/${name}/wait`);
    const stdin = !flags['no-stdin'] && Config.OpenStdin;
    const attached = yield* cli.stream('POST', `/containers/${name}/attach`, {
      query: attachQuery({ AttachStdin: stdin, AttachStdout: true, AttachStderr: true }, flags['detach-keys']),
    });
    if (!attached.ok) return yield* cli.fail(attached.error.message);
    const terminal = new StreamTerminal(cli, attached.value, {
      stdin,
      tty: Config.Tty,
      detachKeys: flags['detach-keys'],
      ...(flags['sig-proxy'] && !Config.Tty ? { forward: forwardSignals(cli, name) } : {}),
    });
    yield* terminal.prepare();
    yield* terminal.resize({ redraw: true });
    const end = yield* terminal.run();
    yield* terminal.restore();
    yield* attached.value.close();
    if (end === 'detached') return yield* cli.fail('read escape sequence');
    if (end === 'forced' || !waiting.ok) return 1;
    const result = yield* terminal.awaitAnswer<WaitAnswer>(waiting.value);
    if (result === null) return 1;
    return result.ok ? result.value.StatusCode : yield* cli.fail(result.error.message);
  },
});
