import { GLOBAL_OPTIONS, NOT_HERE, VERBS } from '../../src/cli/compose/v1/docker-compose.ts';
import { COMPOSE } from '../../src/cli/compose/v2/docker-compose.ts';
import type { Option } from '../../src/cli/compose/v1/options.ts';
import type { Command } from '../../src/cli/command/command.ts';
import type { Flag } from '../../src/cli/command/flag.ts';
import { declaredCommands, DOCKER } from '../../src/cli/registry.ts';
import type { Program } from '../../src/kernel/syscalls/proc.ts';
import { commandLineOf } from '../../src/programs/libc/command-line.ts';
import { BUILTINS } from '../../src/shell/builtins/registry.ts';
import { APPLETS, HOST_BINARIES } from '../../src/world/programs.ts';

/** A flag as its declaration has it. */
export interface DeclaredFlag {
  /** As they are typed: `-a`, `--all`. */
  readonly names: readonly string[];
  /** What kind of value it takes; null: none. */
  readonly value: string | null;
  /** What it doesn't do here. */
  readonly limit?: string | undefined;
  /** Why it isn't modelled: whoever gives it is told so. */
  readonly refused?: string | undefined;
}

export interface DeclaredCommand {
  readonly name: string;
  /** The other names that call it. */
  readonly also: readonly string[];
  readonly flags: readonly DeclaredFlag[];
  readonly limit?: string | undefined;
  /** Why the command isn't modelled. */
  readonly refused?: string | undefined;
}

/** One program, or family of programs, as the code declares it. */
export interface Family {
  readonly title: string;
  /** Which list of the real one's commands it is compared with. */
  readonly real: string;
  readonly commands: readonly DeclaredCommand[];
}

const flagOfCli = ([name, flag]: readonly [string, Flag<unknown>]): DeclaredFlag => ({
  names: [...(flag.short === undefined ? [] : [`-${flag.short}`]), `--${name}`],
  value: flag.alone === undefined ? flag.type : null,
  limit: flag.limit,
  refused: flag.refused,
});

/** A verb that stands at two places, `docker ps` and `docker container ls`, is one: under its shortest name. */
function cliCommands(root: Command, path = root.name): readonly DeclaredCommand[] {
  const places = new Map<unknown, { paths: string[]; command: Command }>();
  for (const { path: place, command } of declaredCommands(root, path)) {
    const known = places.get(command.run) ?? { paths: [], command };
    known.paths.push(place);
    places.set(command.run, known);
  }
  const verbs = [...places.values()].map(({ paths, command }) => {
    const [name = '', ...also] = paths.sort((a, b) => a.split(' ').length - b.split(' ').length || (a < b ? -1 : 1));
    return { name, also, flags: Object.entries(command.flags).map(flagOfCli), refused: command.refused };
  });
  const itself = { name: path, also: [], flags: Object.entries(root.flags).map(flagOfCli) };
  return [itself, ...verbs.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

const optionOfCompose = ({ short, long, value, limit, refused }: Option): DeclaredFlag => ({
  names: [...(short === undefined ? [] : [short]), long],
  value: value ?? null,
  limit,
  refused,
});

function composeCommands(): readonly DeclaredCommand[] {
  const verbs = VERBS.map(({ name, options }) => ({
    name: `docker-compose ${name}`,
    also: [],
    flags: options.map(optionOfCompose),
  }));
  const absent = Object.entries(NOT_HERE).map(([name, refused]) => ({
    name: `docker-compose ${name}`,
    also: [],
    flags: [],
    refused,
  }));
  const itself = { name: 'docker-compose', also: [], flags: GLOBAL_OPTIONS.map(optionOfCompose) };
  return [itself, ...[...verbs, ...absent].sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function programs(all: ReadonlyMap<string, Program>, leaveOut: readonly string[]): readonly DeclaredCommand[] {
  return [...all]
    .filter(([name]) => !leaveOut.includes(name))
    .map(([name, program]) => {
      const declared = commandLineOf(program);
      const flags = (declared?.options ?? []).map((option) => ({
        names: option.names,
        value: option.takesValue ? 'string' : null,
        limit: option.limit,
      }));
      return { name, also: [], flags, limit: declared?.limit };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const builtins = (flavor: 'bash' | 'ash') =>
  [...BUILTINS[flavor].keys()].sort().map((name) => ({ name, also: [], flags: [] }));

/** Everything that the code declares. */
export const FAMILIES: readonly Family[] = [
  { title: 'docker 28.5.2', real: 'docker', commands: cliCommands(DOCKER) },
  { title: 'docker compose 2.40.3', real: 'compose-v2', commands: cliCommands(COMPOSE, 'docker compose') },
  { title: 'docker-compose 1.29.2', real: 'compose-v1', commands: composeCommands() },
  { title: 'BusyBox 1.37, in containers', real: 'busybox', commands: programs(APPLETS, []) },
  { title: 'Programs of the host', real: 'host', commands: programs(HOST_BINARIES, ['docker', 'docker-compose']) },
  { title: "bash's builtins, on the host", real: 'bash-builtins', commands: builtins('bash') },
];
