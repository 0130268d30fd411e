/** Layout of columns, as Go's text/tabwriter does it for docker: cells end with a tab, padded with spaces. */
export interface TableLayout {
  readonly minimum: number;
  readonly padding: number;
}

/** docker's lists. */
export const LIST_LAYOUT: TableLayout = { minimum: 10, padding: 3 };
/** `docker top`. */
export const TOP_LAYOUT: TableLayout = { minimum: 20, padding: 3 };
/** `docker version`. */
export const VERSION_LAYOUT: TableLayout = { minimum: 20, padding: 1 };

/**
 * Aligns a text whose cells are separated by tabs. A column is a run of neighbouring lines that have the cell; what
 * follows a line's last tab belongs to no column.
 */
export function alignTabs(text: string, layout: TableLayout): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths = columnWidths(lines, layout);
  return lines
    .map((cells, y) =>
      cells
        .map((cell, x) =>
          x === cells.length - 1 ? cell : cell + ' '.repeat((widths[y]?.[x] ?? 0) - displayWidth(cell)),
        )
        .join(''),
    )
    .join('\n');
}

function columnWidths(lines: readonly (readonly string[])[], layout: TableLayout): number[][] {
  const widths = lines.map((cells) => cells.slice(0, -1).map(() => 0));
  const columns = Math.max(0, ...lines.map((cells) => cells.length - 1));
  for (let x = 0; x < columns; x++) {
    for (let from = 0; from < lines.length; ) {
      let to = from;
      while (to < lines.length && (lines[to] as readonly string[]).length - 1 > x) to++;
      const cells = lines.slice(from, to).map((line) => line[x] as string);
      const width = Math.max(layout.minimum, ...cells.map((cell) => displayWidth(cell) + layout.padding));
      for (let y = from; y < to; y++) (widths[y] as number[])[x] = width;
      from = to + 1;
    }
  }
  return widths;
}

/** Terminal columns of a text: East Asian wide characters take two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0) as number) ? 2 : 1;
  return width;
}

function isWide(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115f ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd))
  );
}

/** Cuts a text to so many terminal columns, the last of them an ellipsis where something was cut. */
export function ellipsis(text: string, most: number): string {
  if (displayWidth(text) <= most) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    const next = width + displayWidth(character);
    if (next > most - 1) break;
    kept += character;
    width = next;
  }
  return `${kept}…`;
}
