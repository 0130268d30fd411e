import { Engine } from '../../../compose/engine/engine.ts';
import { Console } from '../../../compose/v1/console.ts';
import { loadProject } from '../../../compose/v1/load.ts';
import { VERSION } from '../../../compose/v1/naming.ts';
import type { Proc, Program, Sys } from '../../../kernel/syscalls/proc.ts';
import { config } from './config.ts';
import { create, scale } from './create.ts';
import { down } from './down.ts';
import { exec } from './exec.ts';
import { images, port, top, version } from './information.ts';
import { kill, pause, restart, start, stop, unpause } from './life.ts';
import { logs } from './logs.ts';
import { formatOptions, type Option, type Parsed, parseOptions, refusalOf } from './options.ts';
import { ps } from './ps.ts';
import { rm } from './remove.ts';
import { run } from './run.ts';
import { up } from './up.ts';
import type { Verb } from './verb.ts';

/** The verbs that are here, as the list of commands shows them. */
export const VERBS: readonly Verb[] = [
  config,
  create,
  down,
  exec,
  images,
  kill,
  logs,
  pause,
  port,
  ps,
  restart,
  rm,
  run,
  scale,
  start,
  stop,
  top,
  unpause,
  up,
  version,
];

/** Commands that docker-compose 1.29.2 has and this host hasn't, and why. */
export const NOT_HERE: Readonly<Record<string, string>> = {
  build: "images can't be built here: use busybox or nginx:alpine",
  events: 'use "docker events"',
  pull: 'there is no registry to pull from',
  push: 'there is no registry to push to',
};

const REMOTE = { help: 'Not on this simulated host.', refused: 'it reaches no engine but its own' };

export const GLOBAL_OPTIONS: readonly Option[] = [
  {
    short: '-f',
    long: '--file',
    value: 'FILE',
    repeat: true,
    help: 'Which compose file (default: docker-compose.yml).',
  },
  { short: '-p', long: '--project-name', value: 'NAME', help: "The project's name (default: the folder's)." },
  { long: '--profile', value: 'NAME', repeat: true, help: 'A profile to enable.' },
  {
    short: '-c',
    long: '--context',
    value: 'NAME',
    help: 'Only "default" is here.',
    limit: 'without effect: "default" alone is here',
  },
  { long: '--verbose', help: 'Say more.', limit: 'says no more' },
  { long: '--log-level', value: 'LEVEL', help: 'DEBUG, INFO, WARNING, ERROR, CRITICAL.', limit: 'without effect' },
  { long: '--ansi', value: 'WHEN', help: 'never, always or auto.' },
  { long: '--no-ansi', help: 'No escape sequences.' },
  { short: '-v', long: '--version', help: 'The version.' },
  { short: '-H', long: '--host', value: 'HOST', ...REMOTE },
  { short: '-h', long: '--help', help: 'This page.' },
  { long: '--project-directory', value: 'PATH', help: 'Where relative paths start.' },
  { long: '--env-file', value: 'PATH', help: 'A file of variables in place of .env.' },
  { long: '--compatibility', help: 'Accepted, without effect.', limit: 'without effect' },
  ...['--tls', '--tlsverify', '--skip-hostname-check'].map((long) => ({ long, ...REMOTE })),
  ...['--tlscacert', '--tlscert', '--tlskey'].map((long) => ({ long, value: 'PATH', ...REMOTE })),
];

/** docker-compose 1.29.2. */
export const dockerCompose: Program = function* (proc) {
  const parsed = parseOptions(GLOBAL_OPTIONS, proc.argv.slice(1), true);
  if (!parsed.ok) {
    yield* proc.write(1, usage());
    return 1;
  }
  const { flags, values, positional } = parsed.value;
  const [name, ...args] = positional;
  const color = !flags.has('--no-ansi') && values.get('--ansi')?.[0] !== 'never';
  const console = new Console(proc, color, name === exec.name);
  if (flags.has('--version')) {
    yield* console.out(`docker-compose version ${VERSION}, build unknown\n`);
    return 0;
  }
  const refusal = refusalOf(GLOBAL_OPTIONS, parsed.value);
  if (refusal !== null) return yield* refuse(console, refusal);
  if (name === undefined || flags.has('--help')) {
    yield* console.out(usage());
    return flags.has('--help') ? 0 : 1;
  }
  if (name === 'help') return yield* help(console, args[0]);
  const verb = VERBS.find((each) => each.name === name);
  if (!verb) {
    const reason = Object.hasOwn(NOT_HERE, name) ? NOT_HERE[name] : undefined;
    yield* console.info(
      reason === undefined
        ? `No such command: ${name}\n\n${commandList()}`
        : `docker-compose ${name} is not on this simulated host: ${reason}.`,
    );
    return 1;
  }
  return yield* runVerb(proc, console, verb, args, parsed.value);
};

function* runVerb(proc: Proc, console: Console, verb: Verb, args: readonly string[], global: Parsed): Sys<number> {
  const parsed = parseOptions([...verb.options, { short: '-h', long: '--help', help: '' }], args, verb.stopAtFirst);
  if (!parsed.ok || parsed.value.flags.has('--help') || parsed.value.positional.length < (verb.atLeast ?? 0)) {
    yield* console.out(verbUsage(verb));
    return parsed.ok && parsed.value.flags.has('--help') ? 0 : 1;
  }
  const refusal = refusalOf(verb.options, parsed.value);
  if (refusal !== null) return yield* refuse(console, refusal);
  const engine = new Engine(proc);
  if (verb === version) return yield* verb.run({ proc, console, engine, project: null as never, parsed: parsed.value });
  const loaded = yield* loadProject(proc, {
    files: global.values.get('--file') ?? proc.env.get('COMPOSE_FILE')?.split(':') ?? [],
    projectName: global.values.get('--project-name')?.[0] ?? null,
    projectDirectory: global.values.get('--project-directory')?.[0] ?? null,
    envFile: global.values.get('--env-file')?.[0] ?? null,
    profiles: global.values.get('--profile') ?? proc.env.get('COMPOSE_PROFILES')?.split(',') ?? [],
  });
  if (!loaded.ok) {
    yield* console.error(loaded.error);
    return 1;
  }
  for (const warning of loaded.value.warnings) yield* console.warning(warning);
  return yield* verb.run({ proc, console, engine, project: loaded.value.project, parsed: parsed.value });
}

function* refuse(console: Console, text: string): Sys<number> {
  yield* console.error(text);
  return 1;
}

function* help(console: Console, name: string | undefined): Sys<number> {
  const verb = VERBS.find((each) => each.name === name);
  yield* console.out(verb ? verbUsage(verb) : usage());
  return name === undefined || verb ? 0 : 1;
}

function verbUsage(verb: Verb): string {
  const options = verb.options.length > 0 ? `\nOptions:\n${formatOptions(verb.options)}\n` : '';
  return `${verb.short}.\n\nUsage: ${verb.name} ${verb.args}\n${options}`;
}

function commandList(): string {
  return `Commands:\n${VERBS.map(({ name, short }) => `  ${name.padEnd(19)}${short}`).join('\n')}`;
}

function usage(): string {
  return `Runs applications of several containers.

Usage:
  docker-compose [-f <arg>...] [--profile <name>...] [options] [--] [COMMAND] [ARGS...]
  docker-compose -h|--help

Options:
${formatOptions(GLOBAL_OPTIONS).replace(/^ {2}/gm, '')}

${commandList()}
`;
}
