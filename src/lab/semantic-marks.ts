/**
 * Splits what a shell writes into prompt, typed line and output, by the marks that interactive shells put between them
 * (OSC 133, as terminals' shell integration reads them): A prompt, B line, C output, D;status the command's end.
 */
export type Region = 'prompt' | 'line' | 'output';

export type Segment =
  | { readonly kind: 'text'; readonly region: Region; readonly text: string }
  /** The command ended; null where the shell gave no status. */
  | { readonly kind: 'ended'; readonly status: number | null };

const MARK = /\u001b\]133;([A-D])(?:;(-?\d+))?[^\u0007\u001b]*(?:\u0007|\u001b\\)/;
/** A mark that is not whole yet stays for the next chunk. */
const UNFINISHED = /\u001b(?:\](?:1(?:3(?:3(?:;[^\u0007\u001b]{0,40})?)?)?)?)?$/;

export class SemanticMarks {
  region: Region = 'output';
  private rest = '';

  /** The segments of one more chunk, in order. */
  feed(chunk: string): readonly Segment[] {
    const segments: Segment[] = [];
    let text = this.rest + chunk;
    this.rest = '';
    for (let match = MARK.exec(text); match; match = MARK.exec(text)) {
      this.push(segments, text.slice(0, match.index));
      text = text.slice(match.index + match[0].length);
      if (match[1] === 'A') this.region = 'prompt';
      else if (match[1] === 'B') this.region = 'line';
      else if (match[1] === 'C') this.region = 'output';
      else segments.push({ kind: 'ended', status: match[2] === undefined ? null : Number(match[2]) });
    }
    const unfinished = UNFINISHED.exec(text);
    if (unfinished) {
      this.rest = unfinished[0];
      text = text.slice(0, unfinished.index);
    }
    this.push(segments, text);
    return segments;
  }

  private push(segments: Segment[], text: string): void {
    if (text !== '') segments.push({ kind: 'text', region: this.region, text });
  }
}
