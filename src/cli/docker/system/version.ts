import { ok, type Result } from '../../../base/result.ts';
import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { alignTabs, VERSION_LAYOUT } from '../../format/table.ts';
import { execute, parse } from '../../template/template.ts';
import { typedValue } from '../../template/typed.ts';
import { GoStruct, NIL_POINTER, type GoValue } from '../../template/value.ts';
import { CLIENT } from '../cli.ts';
import { FORMAT_FLAG } from '../inspect-objects.ts';

interface ServerVersion {
  readonly Components?: readonly {
    readonly Name: string;
    readonly Version: string;
    readonly Details?: Readonly<Record<string, string>>;
  }[];
  readonly Platform?: { readonly Name: string };
  readonly Version: string;
  readonly ApiVersion: string;
  readonly MinAPIVersion?: string;
  readonly GitCommit: string;
  readonly GoVersion: string;
  readonly Os: string;
  readonly Arch: string;
  readonly BuildTime?: string;
  readonly Experimental?: boolean;
}

/** `docker version`. */
export const version = defineCommand({
  use: 'version [OPTIONS]',
  short: 'Show the versions of client and engine',
  common: 10,
  args: noArguments,
  flags: { format: FORMAT_FLAG },
  *run({ cli, flags }) {
    const template = flags.format === '' ? null : parse(flags.format === 'json' ? '{{json .}}' : flags.format);
    if (template?.ok === false) return yield* cli.fail(`template parsing error: ${template.error}`, 64);
    const answer = yield* cli.call<ServerVersion>('GET', '/version');
    const server = answer.ok ? answer.value : null;
    const text: Result<string, string> =
      template === null ? ok(plainText(server)) : execute(template.value, versionValue(server));
    if (text.ok) yield* cli.out(alignTabs(`${text.value}\n`, VERSION_LAYOUT));
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    return text.ok ? 0 : yield* cli.fail(text.error);
  },
});

function versionValue(server: ServerVersion | null): GoStruct {
  const client: Record<string, GoValue> = {
    Version: CLIENT.version,
    ApiVersion: CLIENT.apiVersion,
    DefaultAPIVersion: CLIENT.apiVersion,
    GitCommit: CLIENT.gitCommit,
    GoVersion: CLIENT.goVersion,
    Os: 'linux',
    Arch: 'amd64',
    BuildTime: CLIENT.buildTime,
    Context: 'default',
  };
  const names = new Map([['APIVersion', 'ApiVersion']]);
  const typed = server === null ? NIL_POINTER : typedValue(server, 'types.Version');
  const engine = typed instanceof GoStruct ? new GoStruct(typed.type, typed.fields, names, typed.methods) : typed;
  return new GoStruct(
    'system.versionInfo',
    new Map<string, GoValue>([
      ['Client', new GoStruct('system.clientVersion', new Map(Object.entries(client)), names)],
      ['Server', engine],
    ]),
  );
}

function plainText(server: ServerVersion | null): string {
  const lines = [
    'Client:',
    ` Version:\t${CLIENT.version}`,
    ` API version:\t${CLIENT.apiVersion}`,
    ` Go version:\t${CLIENT.goVersion}`,
    ` Git commit:\t${CLIENT.gitCommit}`,
    ` Built:\t${CLIENT.buildTime}`,
    ' OS/Arch:\tlinux/amd64',
    ' Context:\tdefault',
  ];
  if (server === null) return lines.join('\n');
  const platform = server.Platform?.Name ?? '';
  lines.push('', platform === '' ? 'Server:' : `Server: ${platform}`);
  lines.push(
    ' Engine:',
    `  Version:\t${server.Version}`,
    `  API version:\t${server.ApiVersion} (minimum version ${server.MinAPIVersion ?? '1.24'})`,
    `  Go version:\t${server.GoVersion}`,
    `  Git commit:\t${server.GitCommit}`,
    `  Built:\t${server.BuildTime ?? ''}`,
    `  OS/Arch:\t${server.Os}/${server.Arch}`,
    `  Experimental:\t${server.Experimental ?? false}`,
  );
  for (const component of server.Components ?? []) {
    if (component.Name === 'Engine') continue;
    lines.push(` ${component.Name}:`, `  Version:\t${component.Version}`);
    const details = Object.entries(component.Details ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
    lines.push(...details.map(([key, value]) => `  ${key}:\t${value}`));
  }
  return lines.join('\n');
}
