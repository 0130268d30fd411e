import { err, ok } from '../../../base/result.ts';
import { sha256 } from '../../../base/sha256.ts';
import { DOCKER_SOCKET } from '../../../dockerd/api/client.ts';
import { atMost, noArguments } from '../../command/argument-rule.ts';
import { defineCommand, defineGroup, type Command } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import { notModelled } from '../../command/not-modelled.ts';
import { formatList, type Listing } from '../../format/listing.ts';
import type { Cli } from '../cli.ts';
import { FORMAT_FLAG, inspectObjects } from '../inspect-objects.ts';

interface Context {
  readonly name: string;
  readonly description: string;
  readonly host: string;
}

/** There is the one that every docker has: the engine of this machine. */
const DEFAULT: Context = {
  name: 'default',
  description: 'Current DOCKER_HOST based configuration',
  host: `unix://${DOCKER_SOCKET}`,
};

const CONTEXTS: Listing<Context> = {
  goType: '*formatter.clientContextContext',
  table: 'table {{.Name}}{{if .Current}} *{{end}}\\t{{.Description}}\\t{{.DockerEndpoint}}\\t{{.Error}}',
  quiet: '{{.Name}}',
  columns: {
    Name: ['NAME', ({ name }) => name],
    Current: ['', () => 'true'],
    Description: ['DESCRIPTION', ({ description }) => description],
    DockerEndpoint: ['DOCKER ENDPOINT', ({ host }) => host],
    Error: ['ERROR', () => ''],
  },
};

const missing = (cli: Cli, name: string): string =>
  `context "${name}": context not found: open ${cli.proc.env.get('HOME') ?? ''}/.docker/contexts/meta/${sha256(name)}/meta.json: no such file or directory`;

const ls = defineCommand({
  use: 'ls [OPTIONS]',
  short: 'List contexts',
  aliases: ['list'],
  args: noArguments,
  flags: {
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    quiet: bool('Show names alone', { short: 'q' }),
  },
  *run({ cli, flags }) {
    const text = formatList(CONTEXTS, [DEFAULT], {
      format: flags.format,
      quiet: flags.quiet,
      truncate: true,
      now: cli.proc.date(),
    });
    if (!text.ok) return yield* cli.fail(text.error);
    yield* cli.out(text.value);
    return 0;
  },
});

const inspect = defineCommand({
  use: 'inspect [OPTIONS] [CONTEXT] [CONTEXT...]',
  short: 'Show all that is known of one or more contexts',
  flags: { format: FORMAT_FLAG },
  *run({ cli, flags, args }) {
    return yield* inspectObjects(cli, args.length > 0 ? args : ['default'], flags.format, function* (name) {
      if (name !== 'default') return err(missing(cli, name));
      const json = {
        Name: DEFAULT.name,
        Metadata: {},
        Endpoints: { docker: { Host: DEFAULT.host, SkipTLSVerify: false } },
        TLSMaterial: {},
        Storage: { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' },
      };
      return ok({ goType: 'context.contextWithTLSListing', json });
    });
  },
});

const show = defineCommand({
  use: 'show',
  short: 'Print the name of the current context',
  args: noArguments,
  *run({ cli }) {
    yield* cli.out('default\n');
    return 0;
  },
});

const use = defineCommand({
  use: 'use CONTEXT',
  short: 'Choose the current context',
  args: atMost(1),
  *run({ cli, args: [name = 'default'] }) {
    if (name !== 'default') return yield* cli.fail(missing(cli, name));
    yield* cli.out('default\n');
    yield* cli.error('Current context is now "default"\n');
    return 0;
  },
});

const INSTEAD = 'this host reaches no engine but its own, which is the context "default"';

/** `docker context`: one context, as there is one engine. */
export const CONTEXT_COMMAND: Command = defineGroup({
  use: 'context',
  short: 'Manage contexts',
  commands: [
    inspect,
    ls,
    show,
    use,
    notModelled({ use: 'create [OPTIONS] CONTEXT', short: 'Create a context', instead: INSTEAD }),
    notModelled({ use: 'export [OPTIONS] CONTEXT [FILE|-]', short: 'Export a context', instead: INSTEAD }),
    notModelled({ use: 'import CONTEXT FILE|-', short: 'Import a context', instead: INSTEAD }),
    notModelled({ use: 'update [OPTIONS] CONTEXT', short: 'Change a context', instead: INSTEAD }),
    notModelled({ use: 'rm CONTEXT [CONTEXT...]', short: 'Remove one or more contexts', instead: INSTEAD }),
  ],
});
