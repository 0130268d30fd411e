import { textWidth } from '../../base/text-width.ts';

/** A place on the screen, counted from the row where the prompt's last line begins. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** How a text of single characters is shown: control characters as ^X, newlines as themselves. */
export function shownCharacter(character: string): string {
  if (character === '\n') return '\r\n';
  if (character === '\t') return '        ';
  const code = character.charCodeAt(0);
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : code === 127 ? '^?' : character;
}

/** Where the cursor is after these characters, in a terminal of that width. A wide one that doesn't fit goes to the next row. */
export function placeAfter(characters: readonly string[], start: Place, width: number): Place {
  let { row, column } = start;
  for (const character of characters) {
    if (character === '\n') {
      row++;
      column = 0;
      continue;
    }
    const shown = shownCharacter(character);
    for (const cell of shown.length > 1 && shown !== character ? shown : [shown]) {
      const cells = textWidth(cell);
      if (column + cells > width) {
        row++;
        column = 0;
      }
      column += cells;
    }
  }
  // The cursor never stays behind the last column: the next row begins.
  return column >= width ? { row: row + 1, column: 0 } : { row, column };
}

/** The characters of a text, each with the combining marks that follow it. */
export function clusters(text: string): string[] {
  const result: string[] = [];
  for (const character of text) {
    const combining = textWidth(character) === 0 && character >= ' ' && character !== '\u007f';
    if (combining && result.length > 0) result[result.length - 1] += character;
    else result.push(character);
  }
  return result;
}
