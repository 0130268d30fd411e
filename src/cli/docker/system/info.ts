import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bytesSize } from '../../format/units.ts';
import { execute, parse } from '../../template/template.ts';
import { typedValue } from '../../template/typed.ts';
import { GoStruct, type GoValue } from '../../template/value.ts';
import { CLIENT } from '../cli.ts';
import { FORMAT_FLAG } from '../inspect-objects.ts';

type Info = Readonly<Record<string, unknown>>;

/** `docker info`. */
export const info = defineCommand({
  use: 'info [OPTIONS]',
  short: 'Show facts about the whole engine',
  top: 'info [OPTIONS]',
  common: 11,
  args: noArguments,
  flags: { format: FORMAT_FLAG },
  *run({ cli, flags }) {
    const template = flags.format === '' ? null : parse(flags.format === 'json' ? '{{json .}}' : flags.format);
    if (template?.ok === false) return yield* cli.fail(`template parsing error: ${template.error}`, 64);
    const answer = yield* cli.call<Info>('GET', '/info');
    if (template !== null) {
      if (!answer.ok) return yield* cli.fail(answer.error.message);
      const text = execute(template.value, infoValue(answer.value));
      if (text.ok) yield* cli.out(`${text.value}\n`);
      return text.ok ? 0 : yield* cli.fail(text.error);
    }
    yield* cli.out(`${clientText()}\nServer:\n`);
    if (!answer.ok) return yield* cli.fail(`ERROR: ${answer.error.message}\nerrors pretty printing info`);
    yield* cli.out(`${serverText(answer.value)}\n`);
    for (const warning of listOf(answer.value['Warnings'])) yield* cli.error(`${warning}\n`);
    return 0;
  },
});

function infoValue(json: Info): GoValue {
  const typed = typedValue(json, 'system.dockerInfo');
  const client = new GoStruct(
    '*system.clientInfo',
    new Map<string, GoValue>([
      ['Debug', false],
      ['Version', CLIENT.version],
      ['Context', 'default'],
      ['Plugins', []],
      ['Warnings', []],
    ]),
  );
  if (!(typed instanceof GoStruct)) return typed;
  return new GoStruct(typed.type, new Map([...typed.fields, ['ClientInfo', client]]), new Map([['NCPU', 'NCPU']]));
}

function clientText(): string {
  return `Client:\n Version:    ${CLIENT.version}\n Context:    default\n Debug Mode: false\n`;
}

function serverText(json: Info): string {
  const plugins = (json['Plugins'] ?? {}) as Record<string, unknown>;
  const commit = (name: string): unknown => (json[name] as { ID?: string } | undefined)?.ID;
  const lines: [label: string, value: unknown][] = [
    [' Containers', json['Containers']],
    ['  Running', json['ContainersRunning']],
    ['  Paused', json['ContainersPaused']],
    ['  Stopped', json['ContainersStopped']],
    [' Images', json['Images']],
    [' Server Version', json['ServerVersion']],
    [' Storage Driver', json['Driver']],
    ...((json['DriverStatus'] ?? []) as [string, string][]).map(([key, value]): [string, unknown] => [
      `  ${key}`,
      value,
    ]),
    [' Logging Driver', json['LoggingDriver']],
    [' Cgroup Driver', json['CgroupDriver']],
    [' Cgroup Version', json['CgroupVersion']],
    [' Plugins', ''],
    ['  Volume', listOf(plugins['Volume']).join(' ')],
    ['  Network', listOf(plugins['Network']).join(' ')],
    ['  Log', listOf(plugins['Log']).join(' ')],
    ...section(
      ' CDI spec directories',
      listOf(json['CDISpecDirs']).map((folder): string => `  ${folder}`),
    ),
    [' Swarm', (json['Swarm'] as { LocalNodeState?: string } | undefined)?.LocalNodeState],
    [' Runtimes', Object.keys((json['Runtimes'] ?? {}) as object).join(' ') || undefined],
    [' Default Runtime', json['DefaultRuntime']],
    [' Init Binary', json['InitBinary']],
    [' containerd version', commit('ContainerdCommit')],
    [' runc version', commit('RuncCommit')],
    [' init version', commit('InitCommit')],
    ...section(' Security Options', listOf(json['SecurityOptions']).flatMap(securityOption)),
    [' Kernel Version', json['KernelVersion']],
    [' Operating System', json['OperatingSystem']],
    [' OSType', json['OSType']],
    [' Architecture', json['Architecture']],
    [' CPUs', json['NCPU']],
    [' Total Memory', typeof json['MemTotal'] === 'number' ? bytesSize(json['MemTotal']) : undefined],
    [' Name', json['Name']],
    [' ID', json['ID']],
    [' Docker Root Dir', json['DockerRootDir']],
    [' Debug Mode', json['Debug']],
    [' Experimental', json['ExperimentalBuild']],
    ...section(
      ' Insecure Registries',
      listOf((json['RegistryConfig'] as { InsecureRegistryCIDRs?: unknown } | undefined)?.InsecureRegistryCIDRs).map(
        (registry): string => `  ${registry}`,
      ),
    ),
    [' Live Restore Enabled', json['LiveRestoreEnabled']],
  ];
  return lines
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([label, value]) => (value === BARE ? `${label}\n` : `${label}:${value === '' ? '' : ` ${String(value)}`}\n`))
    .join('');
}

/** A line that is a label alone. */
const BARE = Symbol('bare');

/** A heading with lines below it; nothing where there are none. */
function section(title: string, lines: readonly string[]): [label: string, value: unknown][] {
  return lines.length === 0 ? [] : [[title, ''], ...lines.map((line): [string, unknown] => [line, BARE])];
}

/** `name=seccomp,profile=builtin`. */
function securityOption(text: string): readonly string[] {
  const values = new Map(text.split(',').map((pair) => pair.split('=') as [string, string]));
  const profile = values.get('profile');
  return [`  ${values.get('name') ?? ''}`, ...(profile === undefined ? [] : [`   Profile: ${profile}`])];
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
