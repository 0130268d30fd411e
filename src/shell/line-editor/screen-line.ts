import { textWidth } from '../../base/text-width.ts';
import type { EditBuffer } from './edit-buffer.ts';

/** Draws a line that is being edited, however many rows it takes, and knows where it has left the cursor. */
export class ScreenLine {
  /** Rows between the prompt's and the cursor's. */
  private row = 0;

  constructor(
    private readonly prompt: string,
    private readonly columns: () => number,
  ) {}

  /** The prompt and the line anew, from where the prompt began. */
  draw({ characters, cursor }: EditBuffer): string {
    const width = this.columns();
    const text = characters.join('');
    const start = visibleWidth(this.prompt);
    const end = start + textWidth(text);
    const wanted = start + textWidth(characters.slice(0, cursor).join(''));
    let out = `${this.row > 0 ? `\u001b[${this.row}A` : ''}\r\u001b[J${this.prompt}${text}`;
    // A line that just fills its row leaves the cursor hanging at the edge: a new row makes it certain.
    if (end > 0 && end % width === 0) out += '\r\n';
    const [endRow, row, column] = [Math.floor(end / width), Math.floor(wanted / width), wanted % width];
    if (endRow > row) out += `\u001b[${endRow - row}A`;
    out += `\r${column > 0 ? `\u001b[${column}C` : ''}`;
    this.row = row;
    return out;
  }

  /** Whether a text at the end of the line can simply be written. */
  append({ characters }: EditBuffer, text: string): string | null {
    const before = visibleWidth(this.prompt) + textWidth(characters.join('')) - textWidth(text);
    const width = this.columns();
    if (Math.floor(before / width) !== Math.floor((before + textWidth(text)) / width)) return null;
    return text;
  }
}

/** Columns of a text without its escape sequences. */
export function visibleWidth(text: string): number {
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return textWidth(last.replace(/\u001b\[[\d;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007/g, ''));
}
