import type { Program, Sys } from '../kernel/syscalls/proc.ts';
import { parseFlags } from './command/parse-flags.ts';
import type { Command } from './command/command.ts';
import { anyArguments } from './command/argument-rule.ts';
import { complete } from './complete.ts';
import { dispatch, flagError, helpFor, type Plugin, refusalOf, showHelp } from './dispatch.ts';
import { Cli, CLIENT } from './docker/cli.ts';
import { DOCKER, GLOBAL_FLAGS } from './registry.ts';

export interface DockerOptions {
  /** Programs behind a word of their own: `new Map([['compose', { program, short }]])`. */
  readonly plugins?: ReadonlyMap<string, Plugin>;
}

/** All that `docker` knows with these plugins. */
export const dockerCommand = (plugins: ReadonlyMap<string, Plugin>): Command => ({
  ...DOCKER,
  commands: [...DOCKER.commands, ...[...plugins].map(pluginCommand)],
});

/** The `docker` command line, version 28.5.2, as a program; it knows the engine only by its socket. */
export function makeDockerProgram(options: DockerOptions = {}): Program {
  const plugins = options.plugins ?? new Map<string, Plugin>();
  const root = dockerCommand(plugins);
  return function* docker(proc): Sys<number> {
    const cli = new Cli(proc);
    const globals = parseFlags(GLOBAL_FLAGS, proc.argv.slice(1), { interspersed: false });
    if (!globals.ok) return yield* flagError(cli, root, root.name, globals.error);
    const { values, positional: words, help, notices } = globals.value;
    for (const notice of notices) yield* cli.error(`${notice}\n`);
    if (values['version'] === true) {
      yield* cli.out(`Docker version ${CLIENT.version}, build ${CLIENT.gitCommit}\n`);
      return 0;
    }
    if (help) return yield* showHelp(cli, root, root.name, 1);
    const refusal = refusalOf(GLOBAL_FLAGS, globals.value.changed);
    if (refusal !== null) return yield* cli.fail(`docker: ${refusal}`);
    const host = (values['host'] as readonly string[]).at(-1) ?? proc.env.get('DOCKER_HOST') ?? LOCAL_HOST;
    if (host !== LOCAL_HOST && host !== '')
      return yield* cli.fail(`docker: ${host}: this host reaches only ${LOCAL_HOST}`);
    const [word = '', ...rest] = words;
    if (word === 'help') return yield* helpFor(cli, root, rest);
    if (word === '__complete') return yield* printCompletions(cli, root, rest);
    const plugin = plugins.get(word);
    if (plugin !== undefined) return yield* plugin.program(proc);
    return yield* dispatch(cli, root, words);
  };
}

const LOCAL_HOST = 'unix:///var/run/docker.sock';

/** One candidate a line, as cobra's hidden command prints them for the shell. */
function* printCompletions(cli: Cli, root: Command, words: readonly string[]): Sys<number> {
  const candidates = yield* complete(cli, root, words);
  yield* cli.out(`${candidates.map((each) => `${each}\n`).join('')}:4\n`);
  return 0;
}

/** So that help and completion know of a plugin; its own program answers everything behind the word. */
function pluginCommand([name, { short, command }]: readonly [string, Plugin]): Command {
  if (command) return command;
  return {
    name,
    use: name,
    plugin: true,
    short,
    aliases: [],
    paths: [],
    args: anyArguments,
    flags: {},
    interspersed: false,
    commands: [],
  };
}
