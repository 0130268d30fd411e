/**
 * A table with a line below its headings, as docker-compose prints them (the Python package texttable): headings centred, cells
 * to the left, three spaces between columns; columns shrink and wrap where the terminal is narrower.
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], maxWidth: number): string {
  const natural = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.flatMap((row) => (row[column] ?? '').split('\n').map((line) => line.length))),
  );
  const widths = fit(natural, maxWidth);
  const gaps = 3 * (headings.length - 1);
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width, gaps));
  const lines = [
    ...rowLines(headings, widths, centre),
    rule,
    ...rows.flatMap((row) => rowLines(row, widths, (text, width) => text.padEnd(width))),
  ];
  return `${lines.join('\n')}\n`;
}

function fit(natural: readonly number[], maxWidth: number): readonly number[] {
  const available = maxWidth - 3 * natural.length - 1;
  if (maxWidth <= 0 || natural.reduce((sum, width) => sum + width, 0) <= available) return natural;
  const widths = natural.map(() => 0);
  for (let left = Math.max(available, natural.length), column = 0; left > 0; column = (column + 1) % natural.length) {
    if ((widths[column] as number) < (natural[column] as number)) {
      widths[column] = (widths[column] as number) + 1;
      left--;
    }
  }
  return widths.map((width) => Math.max(width, 1));
}

function centre(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return ' '.repeat(Math.max(0, left)) + text + ' '.repeat(Math.max(0, width - text.length - left));
}

function rowLines(
  cells: readonly string[],
  widths: readonly number[],
  align: (text: string, width: number) => string,
): readonly string[] {
  const wrapped = cells.map((cell, column) => wrap(cell, widths[column] as number));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, i) =>
    widths.map((width, column) => align(wrapped[column]?.[i] ?? '', width)).join('   '),
  );
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const joined = line === '' ? word : `${line} ${word}`;
      if (joined.length <= width) {
        line = joined;
        continue;
      }
      if (line !== '') lines.push(line);
      line = word;
      for (; line.length > width; line = line.slice(width)) lines.push(line.slice(0, width));
    }
    lines.push(line);
  }
  return lines;
}
