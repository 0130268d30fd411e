import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import type { ContainerInspect } from '../api-objects.ts';
import { containerNames } from '../completion.ts';
import { timestamp } from '../../../dockerd/api/timestamp.ts';

/** `docker logs`. */
export const logs = defineCommand({
  use: 'logs [OPTIONS] CONTAINER',
  short: 'Fetch the logs of a container',
  top: 'logs [OPTIONS] CONTAINER',
  args: exactly(1),
  flags: {
    details: bool('Show extra details that the logging driver has', { limit: 'there are none' }),
    follow: bool('Go on with what comes', { short: 'f' }),
    since: string('Only from this time on: a timestamp, or relative (42m)'),
    tail: string('Only so many lines from the end', { short: 'n', initial: 'all' }),
    timestamps: bool('Show the time of each line', { short: 't' }),
    until: string('Only up to this time: a timestamp, or relative (42m)'),
  },
  complete: containerNames({ all: true }),
  *run({ cli, flags, args: [name = ''] }) {
    const inspected = yield* cli.call<ContainerInspect>('GET', `/containers/${name}/json`);
    if (!inspected.ok) return yield* cli.fail(inspected.error.message);
    const query: Record<string, string> = { stdout: '1', stderr: '1', tail: flags.tail };
    for (const limit of ['since', 'until'] as const) {
      if (flags[limit] === '') continue;
      const time = timestamp(flags[limit], cli.proc.date());
      if (time === null)
        return yield* cli.fail(
          `invalid value for "${limit}": failed to parse value as time or duration: "${flags[limit]}"`,
        );
      query[limit] = time;
    }
    if (flags.timestamps) query['timestamps'] = '1';
    if (flags.details) query['details'] = '1';
    if (flags.follow) query['follow'] = '1';
    const opened = yield* cli.stream('GET', `/containers/${inspected.value.Id}/logs`, { query });
    if (!opened.ok) return yield* cli.fail(opened.error.message);
    for (;;) {
      const message = yield* opened.value.receive();
      if (message === undefined) break;
      if (message.stdout !== undefined) yield* cli.proc.write(1, message.stdout);
      if (message.stderr !== undefined) yield* cli.proc.write(2, message.stderr);
    }
    yield* opened.value.close();
    return 0;
  },
});
