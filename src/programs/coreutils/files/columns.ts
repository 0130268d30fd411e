import type { Face } from '../tool.ts';

export interface Cell {
  readonly text: string;
  /** Columns that it takes on the screen. */
  readonly width: number;
}

/**
 * Names in columns, down and then across, as ls prints them. GNU gives each column its own width and takes as few rows as fit;
 * BusyBox makes all columns as wide as the widest name.
 */
export function columnText(cells: readonly Cell[], width: number, face: Face): string {
  if (cells.length === 0) return '';
  const rows = face === 'gnu' ? fewestRows(cells, width) : evenRows(cells, width);
  const columns: Cell[][] = [];
  for (let i = 0; i < cells.length; i += rows) columns.push(cells.slice(i, i + rows));
  const even = Math.max(...cells.map((cell) => cell.width)) + 2;
  const widths = columns.map((column) => (face === 'gnu' ? Math.max(...column.map((cell) => cell.width)) + 2 : even));
  let text = '';
  for (let row = 0; row < rows; row++) {
    const line = columns.flatMap((column, i) => {
      const cell = column[row];
      return cell ? [{ cell, width: widths[i] as number }] : [];
    });
    text += line
      .map(({ cell, width: full }, i) =>
        i === line.length - 1 ? cell.text : cell.text + ' '.repeat(full - cell.width),
      )
      .join('');
    text += '\n';
  }
  return text;
}

function evenRows(cells: readonly Cell[], width: number): number {
  const each = Math.max(...cells.map((cell) => cell.width)) + 2;
  const columns = Math.max(1, Math.floor(width / each));
  return Math.ceil(cells.length / columns);
}

function fewestRows(cells: readonly Cell[], width: number): number {
  for (let rows = 1; rows < cells.length; rows++) {
    let total = -2;
    for (let i = 0; i < cells.length; i += rows)
      total += Math.max(...cells.slice(i, i + rows).map((cell) => cell.width)) + 2;
    if (total < width) return rows;
  }
  return cells.length;
}
