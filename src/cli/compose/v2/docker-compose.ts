import { Console, type AnsiMode } from '../../../compose/v2/console.ts';
import { type ProgressMode } from '../../../compose/v2/progress/progress.ts';
import { resolvePath } from '../../../compose/model/service.ts';
import type { Proc, Program, Sys } from '../../../kernel/syscalls/proc.ts';
import type { ArgumentRule } from '../../command/argument-rule.ts';
import { answersTo, type Command } from '../../command/command.ts';
import { bool, int, list, string, type Flags, type FlagValues } from '../../command/flag.ts';
import { parseFlags } from '../../command/parse-flags.ts';
import { words } from '../../docker/completion.ts';
import { Cli } from '../../docker/cli.ts';
import { refusalOf, showHelp } from '../../dispatch.ts';
import { rfc3339 } from '../../format/units.ts';
import { ComposeCli, type GlobalOptions } from './compose-cli.ts';
import { profileCompleter, projectNameCompleter } from './completion.ts';
import type { ComposeVerb } from './verb.ts';
import { BRIDGE, VERBS } from './verbs.ts';
import { version } from './version.ts';

const PROGRESS_MODES = ['auto', 'tty', 'plain', 'json', 'quiet'];

const GLOBAL_FLAGS = {
  'all-resources': bool('Include all resources, even those not used by services'),
  ansi: string('When to print ANSI control characters ("never"|"always"|"auto")', { initial: 'auto' }),
  compatibility: bool('Run compose in backward compatibility mode', { refused: 'docker-compose is the old one' }),
  'dry-run': bool('Execute command in dry run mode', { refused: 'here things are done for real, and can be undone' }),
  'env-file': list('An environment file in place of .env', { type: 'stringArray' }),
  file: list('Compose configuration files', { short: 'f', type: 'stringArray' }),
  parallel: int('How much to do at once, -1 for no limit', { initial: -1, limit: 'there is no limit' }),
  profile: list('A profile to enable', { type: 'stringArray' }),
  progress: string(`How to show progress (${PROGRESS_MODES.join(', ')})`),
  'project-directory': string("Where relative paths are meant from (default: the first file's folder)"),
  'project-name': string('Project name', { short: 'p' }),
  'no-ansi': bool('No escape sequences', { hidden: true }),
  verbose: bool('Show more output', { hidden: true }),
  version: bool('Show the version', { short: 'v', hidden: true }),
  workdir: string('The old name of --project-directory', { hidden: true }),
} satisfies Flags;

/** `docker compose` as help and completion see it. */
export const COMPOSE: Command = {
  name: 'compose',
  use: 'compose [OPTIONS] COMMAND',
  plugin: true,
  short: 'Docker Compose',
  long: 'Run applications of several containers',
  aliases: [],
  paths: [],
  args: { least: 0, most: Number.POSITIVE_INFINITY },
  flags: GLOBAL_FLAGS,
  interspersed: false,
  completeFlag: {
    profile: profileCompleter,
    'project-name': projectNameCompleter,
    progress: words(...PROGRESS_MODES),
    ansi: words('never', 'always', 'auto'),
  },
  commands: [BRIDGE, ...VERBS.map((verb) => verb.command)],
};

/** docker compose v2.40.3, the plugin of the docker command. */
export const dockerComposePlugin: Program = function* (proc) {
  const args = proc.argv.slice(proc.argv.indexOf('compose') + 1);
  const cli = new Cli(proc);
  const parsed = parseFlags(GLOBAL_FLAGS, args, { interspersed: false });
  if (!parsed.ok) return yield* cli.fail(parsed.error);
  const { values, positional, help, notices, changed } = parsed.value;
  for (const notice of notices) yield* cli.error(`${notice}\n`);
  const flags = values as FlagValues<typeof GLOBAL_FLAGS>;
  const [name, ...rest] = positional;
  if (help || (name === undefined && !flags.version)) return yield* showHelp(cli, COMPOSE, 'docker compose', 1);
  if (name === 'help') return yield* showHelpOf(cli, rest);
  const verb = name === undefined ? version : VERBS.find(({ command }) => answersTo(command, name));
  if (!verb && name === BRIDGE.name)
    return yield* cli.fail('docker compose bridge: compose files can only be run here, not turned into other models');
  if (!verb) {
    yield* showHelp(cli, COMPOSE, 'docker compose', 1);
    return yield* cli.fail(`unknown docker command: ${JSON.stringify(`compose ${name}`)}`);
  }
  const refusal = refusalOf(GLOBAL_FLAGS, changed);
  if (refusal !== null) return yield* cli.fail(`docker compose: ${refusal}`);
  const ansi = ansiOf(proc, flags, changed.has('ansi'));
  const progress = progressOf(proc, flags, ansi);
  if ('error' in progress) return yield* cli.fail(progress.error);
  const options = optionsOf(proc, flags, progress.mode);
  const console = new Console(proc, { ansi, formatTime: rfc3339 });
  return yield* runVerb(new ComposeCli(proc, console, options), verb, rest);
};

function* showHelpOf(cli: Cli, [name]: readonly string[]): Sys<number> {
  const verb = VERBS.find(({ command }) => name !== undefined && answersTo(command, name));
  if (!verb) return yield* showHelp(cli, COMPOSE, 'docker compose', 1);
  return yield* showHelp(cli, verb.command, `docker compose ${verb.command.name}`, 1);
}

function* runVerb(compose: ComposeCli, verb: ComposeVerb, words: readonly string[]): Sys<number> {
  const { cli } = compose;
  const { command } = verb;
  const loose = command.refused !== undefined && !words.includes('--help');
  const parsed = parseFlags(command.flags, loose ? ['--', ...words] : words, { interspersed: command.interspersed });
  if (!parsed.ok) return yield* cli.fail(parsed.error);
  const { values, changed, positional, help, notices } = parsed.value;
  for (const notice of notices) yield* cli.error(`${notice}\n`);
  if (help) return yield* showHelp(cli, command, `docker compose ${command.name}`, 1);
  const wrong = argumentWords(command.args, positional, command.name);
  if (wrong !== null) return yield* cli.fail(wrong);
  const refusal = refusalOf(command.flags, changed);
  if (refusal !== null) return yield* cli.fail(`docker compose ${command.name}: ${refusal}`);
  return yield* verb.run({ compose, args: positional, flags: values, changed: (name) => changed.has(name) });
}

/** cobra's words for too few or too many arguments. */
function argumentWords({ least, most }: ArgumentRule, args: readonly string[], name: string): string | null {
  if (args.length >= least && args.length <= most) return null;
  if (most === 0) return `unknown command ${JSON.stringify(args[0])} for ${JSON.stringify(`docker compose ${name}`)}`;
  if (args.length < least) return `requires at least ${least} arg(s), only received ${args.length}`;
  return `accepts at most ${most} arg(s), received ${args.length}`;
}

function ansiOf(proc: Proc, flags: FlagValues<typeof GLOBAL_FLAGS>, stated: boolean): AnsiMode {
  if (flags['no-ansi']) return 'never';
  const wanted = stated ? flags.ansi : (proc.env.get('COMPOSE_ANSI') ?? flags.ansi);
  return wanted === 'never' || wanted === 'always' ? wanted : 'auto';
}

function progressOf(
  proc: Proc,
  flags: FlagValues<typeof GLOBAL_FLAGS>,
  ansi: AnsiMode,
): { readonly mode: ProgressMode } | { readonly error: string } {
  const wanted = flags.progress || (proc.env.get('COMPOSE_PROGRESS') ?? '');
  switch (wanted) {
    case '':
    case 'auto':
      return { mode: ansi === 'never' ? 'plain' : ansi === 'always' ? 'tty' : 'auto' };
    case 'tty':
      return ansi === 'never' ? { error: "can't use --progress tty while ANSI support is disabled" } : { mode: 'tty' };
    case 'plain':
      return ansi === 'always'
        ? { error: "can't use --progress plain while ANSI support is forced" }
        : { mode: 'plain' };
    case 'none':
    case 'quiet':
      return { mode: 'quiet' };
    case 'json':
      return { mode: 'json' };
    default:
      return { error: `unsupported --progress value ${JSON.stringify(wanted)}` };
  }
}

function optionsOf(proc: Proc, flags: FlagValues<typeof GLOBAL_FLAGS>, progress: ProgressMode): GlobalOptions {
  const fromEnvironment = (proc.env.get('COMPOSE_ENV_FILES') ?? '').split(',').filter((each) => each !== '');
  const envFiles = flags['env-file'].length > 0 ? flags['env-file'] : fromEnvironment;
  return {
    files: flags.file,
    projectName: flags['project-name'],
    projectDirectory: flags['project-directory'] || flags.workdir,
    envFiles: envFiles.map((file) => resolvePath(proc.cwd(), file)),
    profiles: flags.profile,
    allResources: flags['all-resources'],
    progress,
  };
}
