import type { Command } from './command.ts';
import type { Flag, Flags } from './flag.ts';

/** Help in docker's layout (docker/cli cli/cobra.go), made from the declaration alone. */
export function helpText(command: Command, path: string, columns: number): string {
  const group = command.commands.length > 0;
  const isRoot = !path.includes(' ');
  const options = flagUsages(command.flags, columns);
  const sections = [
    `Usage:  ${group ? `${path}${options === '' ? '' : ' [OPTIONS]'} COMMAND` : useLine(command, path)}`,
    command.long ?? command.short,
  ];
  if (command.paths.length > 1) sections.push(`Aliases:\n  ${command.paths.join(', ')}`);
  if (options !== '' && !isRoot) sections.push(`Options:\n${options}`);
  sections.push(...commandSections(command, isRoot));
  if (options !== '' && isRoot) sections.push(`Global Options:\n${options}`);
  if (group) sections.push(`Run '${path} COMMAND --help' for more information on a command.`);
  return `${sections.join('\n\n')}\n`;
}

/** `docker stop [OPTIONS] CONTAINER [CONTAINER...]`. */
export function useLine(command: Command, path: string): string {
  const parent = path.split(' ').slice(0, -1).join(' ');
  return parent === '' ? command.use : `${parent} ${command.use}`;
}

function commandSections(command: Command, isRoot: boolean): string[] {
  const below = command.commands.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.max(11, ...below.map((each) => each.name.length));
  const section = (title: string, commands: readonly Command[], gap: number): string[] =>
    commands.length === 0
      ? []
      : [
          `${title}:\n${commands.map((each) => `  ${decorated(each, gap).padEnd(width + gap)} ${each.short}`).join('\n')}`,
        ];
  const common = isRoot
    ? below.filter((each) => each.common !== undefined).toSorted((a, b) => (a.common ?? 0) - (b.common ?? 0))
    : [];
  const groups = below.filter((each) => each.commands.length > 0 || each.plugin === true);
  const verbs = below.filter((each) => !groups.includes(each) && !common.includes(each));
  return [
    ...section('Common Commands', common, 1),
    ...section(
      'Management Commands',
      groups.filter((each) => each.swarm !== true),
      1,
    ),
    ...section(
      'Swarm Commands',
      groups.filter((each) => each.swarm === true),
      1,
    ),
    ...section('Commands', verbs, 0),
  ];
}

function decorated(command: Command, gap: number): string {
  return command.plugin === true && gap > 0 ? `${command.name}*` : command.name;
}

/** pflag's table of flags, wrapped to the terminal. */
function flagUsages(flags: Flags, columns: number): string {
  const rows = Object.entries(flags)
    .filter(([, flag]) => flag.hidden !== true && flag.deprecated === undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, flag]) => [flagNames(name, flag), flag.help + defaultOf(flag)] as const);
  const indent = Math.max(0, ...rows.map(([names]) => names.length)) + 3;
  return rows
    .map(([names, help]) => names.padEnd(indent) + wrap(help, Math.max(columns - 1 - indent, 24), indent))
    .join('\n');
}

function flagNames(name: string, flag: Flag<unknown>): string {
  const short = flag.short === undefined ? '      ' : `  -${flag.short}, `;
  return `${short}--${name}${flag.type === '' ? '' : ` ${flag.type}`}`;
}

function defaultOf(flag: Flag<unknown>): string {
  return flag.shown ? ` (default ${flag.shown})` : '';
}

function wrap(text: string, width: number, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
