/** One column of ss: its heading, where its content stands, and whether a space parts it from the one before. */
interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly parted: boolean;
}

const column = (title: string, align: 'left' | 'right', parted: boolean): Column => ({ title, align, parted });

/** In iproute2's order (misc/ss.c). */
const COLUMNS = {
  netid: column('Netid', 'left', false),
  state: column('State', 'left', true),
  receive: column('Recv-Q', 'left', true),
  send: column('Send-Q', 'left', true),
  local: column('Local Address:', 'right', true),
  localPort: column('Port', 'left', false),
  peer: column('Peer Address:', 'right', true),
  peerPort: column('Port', 'left', false),
  process: column('Process', 'left', false),
} as const;

export type ColumnName = keyof typeof COLUMNS;
export type Row = Readonly<Partial<Record<ColumnName, string>>>;

/**
 * The table: columns as wide as their widest content; on a terminal what is left of its width is shared out, the last columns
 * taking the remainder.
 * @param width the terminal's; null: no terminal
 */
export function renderColumns(
  names: readonly ColumnName[],
  rows: readonly Row[],
  options: { width: number | null; header: boolean },
): string {
  const all: readonly Row[] = options.header
    ? [Object.fromEntries(names.map((name) => [name, COLUMNS[name].title])), ...rows]
    : rows;
  if (all.length === 0) return '';
  const widths = names.map((name, i) => {
    const longest = Math.max(...all.map((row) => (row[name] ?? '').length));
    return longest > 0 && i > 0 && COLUMNS[name].parted ? longest + 1 : longest;
  });
  spread(widths, options.width);
  return all.map((row) => `${line(names, row, widths)}\n`).join('');
}

function spread(widths: number[], screen: number | null): void {
  const left = screen === null ? 0 : screen - widths.reduce((sum, each) => sum + each, 0);
  const used = widths.flatMap((width, i) => (width > 0 ? [i] : []));
  if (left <= 0 || used.length === 0) return;
  const share = Math.floor(left / used.length);
  const remainder = left % used.length;
  for (const [n, i] of used.entries())
    widths[i] = (widths[i] as number) + share + (n >= used.length - remainder ? 1 : 0);
}

function line(names: readonly ColumnName[], row: Row, widths: readonly number[]): string {
  return names
    .map((name, i) => {
      const { align, parted } = COLUMNS[name];
      const delimiter = i > 0 && parted ? ' ' : '';
      const room = Math.max(0, (widths[i] as number) - delimiter.length);
      const text = row[name] ?? '';
      return delimiter + (align === 'right' ? text.padStart(room) : text.padEnd(room));
    })
    .join('');
}
