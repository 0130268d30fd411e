import { strerror } from '../../../kernel/syscalls/errno.ts';
import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { string } from '../../command/flag.ts';
import { containerNames } from '../completion.ts';

/** `docker export`: a container's files as an archive, without what is mounted into it. */
export const exportFiles = defineCommand({
  use: 'export [OPTIONS] CONTAINER',
  short: "Export a container's files as a tar archive",
  top: 'export [OPTIONS] CONTAINER',
  args: exactly(1),
  flags: { output: string('Write to this file', { short: 'o' }) },
  complete: containerNames({ all: true }),
  *run({ cli, flags, args: [name = ''] }) {
    if (flags.output === '' && cli.proc.isTty(1))
      return yield* cli.fail('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    const answer = yield* cli.call<Uint8Array>('GET', `/containers/${name}/export`);
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    if (flags.output === '') return (yield* cli.proc.write(1, answer.value)).ok ? 0 : 1;
    const opened = yield* cli.proc.open(flags.output, { write: true, create: true, truncate: true }, 0o600);
    if (!opened.ok)
      return yield* cli.fail(
        `failed to export container: open ${flags.output}: ${strerror(opened.error, 'glibc').toLowerCase()}`,
      );
    yield* cli.proc.write(opened.value, answer.value);
    yield* cli.proc.close(opened.value);
    return 0;
  },
});
