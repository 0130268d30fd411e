import type { DeclaredCommand, DeclaredFlag, Family } from './declared-commands.ts';
import { realCommands, type RealFlags } from './real-commands.ts';

/** How much of a real command is here. */
type Extent = 'whole' | 'in part' | 'not modelled';

interface Row {
  readonly command: DeclaredCommand;
  readonly extent: Extent;
  /** Flags of the real command that aren't here. */
  readonly absent: readonly string[];
}

interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Real commands of which nothing is here. */
  readonly absent: readonly string[];
}

const INTRODUCTION = `# What is here, and what isn't

Made by \`npm run docs\` from the declarations that the programs themselves read, beside the lists of what the real ones have
(\`test/support/real/\`). A test fails when this page is out of date, and another one runs every flag that is declared.

- **whole**: every flag of the real command is here and does what it does there.
- **in part**: some flags do less, and the table says what; others are not there, and are answered like any unknown flag.
- **not modelled**: the command is known; it answers with one line that says why.
`;

/** The page: one table for each family of commands. */
export function supportPage(families: readonly Family[]): string {
  const sections = families.map(sectionOf);
  return `${INTRODUCTION}
${table(['', 'whole', 'in part', 'not modelled', 'not there'], sections.map(summaryOf))}
${sections.map(sectionText).join('\n')}`;
}

function sectionOf({ title, real, commands }: Family): Section {
  const known = realCommands(real);
  const names = new Set(commands.flatMap(({ name, also }) => [name, ...also]));
  return {
    title,
    rows: commands.map((command) => rowOf(command, known.get(command.name) ?? [])),
    absent: [...known.keys()].filter((name) => !names.has(name)),
  };
}

function rowOf(command: DeclaredCommand, real: RealFlags): Row {
  const names = new Set(command.flags.flatMap((flag) => flag.names));
  const absent = command.refused === undefined ? real.filter((flag) => !flag.some((name) => names.has(name))) : [];
  const lessened = command.limit !== undefined || command.flags.some((flag) => reasonOf(flag) !== undefined);
  const extent = command.refused !== undefined ? 'not modelled' : lessened || absent.length > 0 ? 'in part' : 'whole';
  return { command, extent, absent: absent.map((flag) => flag.join(', ')) };
}

const reasonOf = ({ limit, refused }: DeclaredFlag): string | undefined =>
  refused === undefined ? limit : `refused: ${refused}`;

function summaryOf({ title, rows, absent }: Section): readonly string[] {
  const count = (extent: Extent) => String(rows.filter((row) => row.extent === extent).length);
  return [
    `[${title}](#${anchorOf(title)})`,
    count('whole'),
    count('in part'),
    count('not modelled'),
    String(absent.length),
  ];
}

/** As GitHub makes them from headings. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

function sectionText({ title, rows, absent }: Section): string {
  const text = table(['command', '', 'flags', 'less than the real one', 'not there'], rows.map(cellsOf));
  const missing = absent.length === 0 ? '' : `\nNot there: ${absent.map(code).join(', ')}.\n`;
  return `## ${title}\n\n${text}${missing}`;
}

function cellsOf({ command, extent, absent }: Row): readonly string[] {
  const whole = command.flags.filter((flag) => reasonOf(flag) === undefined);
  return [
    [command.name, ...command.also].map(code).join(', '),
    extent,
    whole.map(({ names }) => code(names.join(', '))).join(' '),
    limitsOf(command).join('; '),
    absent.map(code).join(' '),
  ];
}

/** What is missing, each reason once with all its flags. */
function limitsOf({ limit, refused, flags }: DeclaredCommand): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const flag of flags) {
    const reason = reasonOf(flag);
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), code(flag.names.join(', '))]);
  }
  const of = [...byReason].map(([reason, names]) => `${names.join(' ')}: ${reason}`);
  return [...((refused ?? limit) ? [(refused ?? limit) as string] : []), ...of];
}

const code = (text: string): string => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
