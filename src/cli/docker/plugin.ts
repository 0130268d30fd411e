import { noArguments } from '../command/argument-rule.ts';
import { defineCommand, defineGroup, type Command } from '../command/command.ts';
import { bool, string } from '../command/flag.ts';
import { notModelled } from '../command/not-modelled.ts';
import { formatList, type Listing } from '../format/listing.ts';
import { truncateId } from '../format/units.ts';
import { filterFlag, filterQuery } from './filters.ts';

interface PluginSummary {
  readonly Id: string;
  readonly Name: string;
  readonly Enabled: boolean;
  readonly Config: { readonly Description: string };
}

const PLUGINS: Listing<PluginSummary> = {
  goType: '*plugin.pluginContext',
  table: 'table {{.ID}}\\t{{.Name}}\\t{{.Description}}\\t{{.Enabled}}',
  quiet: '{{.ID}}',
  columns: {
    ID: ['ID', (row, { truncate }) => (truncate ? truncateId(row.Id) : row.Id)],
    Name: ['NAME', (row) => row.Name],
    Description: ['DESCRIPTION', (row) => row.Config.Description],
    Enabled: ['ENABLED', (row) => String(row.Enabled)],
  },
};

const INSTEAD = 'plugins are not modelled here; the drivers bridge, macvlan, host, none and local are built in';

/** `docker plugin`: this engine has none. */
export const PLUGIN_COMMAND: Command = defineGroup({
  use: 'plugin',
  short: 'Manage plugins',
  commands: [
    defineCommand({
      use: 'ls [OPTIONS]',
      short: 'List plugins',
      aliases: ['list'],
      args: noArguments,
      flags: {
        filter: filterFlag('Only those that fulfil a condition (enabled=true)'),
        format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
        'no-trunc': bool("Don't shorten anything"),
        quiet: bool('Show plugin IDs alone', { short: 'q' }),
      },
      *run({ cli, flags }) {
        const answer = yield* cli.call<PluginSummary[]>('GET', '/plugins', { query: filterQuery(flags.filter) });
        if (!answer.ok) return yield* cli.fail(answer.error.message);
        const text = formatList(PLUGINS, answer.value, {
          format: flags.format,
          quiet: flags.quiet,
          truncate: !flags['no-trunc'],
          now: cli.proc.date(),
        });
        if (!text.ok) return yield* cli.fail(text.error);
        yield* cli.out(text.value);
        return 0;
      },
    }),
    ...(
      [
        ['create [OPTIONS] PLUGIN PLUGIN-DATA-DIR', 'Create a plugin'],
        ['disable [OPTIONS] PLUGIN', 'Turn a plugin off'],
        ['enable [OPTIONS] PLUGIN', 'Turn a plugin on'],
        ['inspect [OPTIONS] PLUGIN [PLUGIN...]', 'Show all that is known of one or more plugins'],
        ['install [OPTIONS] PLUGIN [KEY=VALUE...]', 'Install a plugin'],
        ['push [OPTIONS] PLUGIN[:TAG]', 'Upload a plugin to a registry'],
        ['rm [OPTIONS] PLUGIN [PLUGIN...]', 'Remove one or more plugins'],
        ['set PLUGIN KEY=VALUE [KEY=VALUE...]', 'Change the settings of a plugin'],
        ['upgrade [OPTIONS] PLUGIN [REMOTE]', 'Upgrade a plugin'],
      ] as const
    ).map(([use, short]) => notModelled({ use, short, instead: INSTEAD })),
  ],
});
