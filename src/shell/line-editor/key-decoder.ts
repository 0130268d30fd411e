import { Utf8Stream } from '../../base/bytes.ts';

/** What a terminal sends, as keys: text, control characters, the sequences of xterm, and bracketed pastes. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  /** `C-a`, `M-b`, `Up`, `Home`, `Enter`, `Tab`, `Backspace`. */
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'paste'; readonly text: string };

const PASTE_START = '\u001b[200~';
const PASTE_END = '\u001b[201~';

const CSI_FINAL: Readonly<Record<string, string>> = {
  A: 'Up',
  B: 'Down',
  C: 'Right',
  D: 'Left',
  H: 'Home',
  F: 'End',
  Z: 'S-Tab',
};
const CSI_NUMBER: Readonly<Record<string, string>> = {
  1: 'Home',
  2: 'Insert',
  3: 'Delete',
  4: 'End',
  5: 'PageUp',
  6: 'PageDown',
  7: 'Home',
  8: 'End',
};
const CONTROL: Readonly<Record<string, string>> = {
  '\r': 'Enter',
  '\n': 'Enter',
  '\t': 'Tab',
  '\u007f': 'Backspace',
  '\b': 'Backspace',
};

/** A sequence that is not whole yet waits for the next bytes. */
export class KeyDecoder {
  private readonly decoder = new Utf8Stream();
  private pending = '';

  feed(bytes: Uint8Array): readonly Key[] {
    this.pending += this.decoder.write(bytes);
    const keys: Key[] = [];
    while (this.pending !== '') {
      const taken = this.take();
      if (taken === null) break;
      this.pending = this.pending.slice(taken.length);
      if (taken.key) keys.push(taken.key);
    }
    return keys;
  }

  private take(): { readonly key: Key | null; readonly length: number } | null {
    const { pending } = this;
    const first = pending[0] as string;
    if (first === '\u001b') return this.takeEscape();
    if (first < ' ' || first === '\u007f')
      return { key: { kind: 'key', name: CONTROL[first] ?? controlName(first) }, length: 1 };
    const text = String.fromCodePoint(pending.codePointAt(0) as number);
    return { key: { kind: 'text', text }, length: text.length };
  }

  private takeEscape(): { readonly key: Key | null; readonly length: number } | null {
    const { pending } = this;
    if (pending.startsWith(PASTE_START)) {
      const end = pending.indexOf(PASTE_END);
      if (end < 0) return null;
      const text = pending.slice(PASTE_START.length, end).replace(/\r\n?/g, '\n');
      return { key: { kind: 'paste', text }, length: end + PASTE_END.length };
    }
    const sequence = /^\u001b(?:\[([0-9;?]*)([@-~])|O([A-Za-z])|([^[O]))/.exec(pending);
    if (!sequence) {
      // Something that is no sequence is dropped, so that it can't block what follows.
      return pending.length > 32 || /^\u001b\[[0-9;?]*[^0-9;?@-~]/.test(pending) ? { key: null, length: 2 } : null;
    }
    const [all, parameters = '', final, short, meta] = sequence;
    if (meta !== undefined)
      return {
        key: {
          kind: 'key',
          name:
            meta === '\u007f' || meta === '\b' ? 'M-Backspace' : meta < ' ' ? `M-${controlName(meta)}` : `M-${meta}`,
        },
        length: all.length,
      };
    const name =
      short !== undefined
        ? CSI_FINAL[short]
        : final === '~'
          ? CSI_NUMBER[parameters.split(';')[0] as string]
          : CSI_FINAL[final as string];
    if (name === undefined) return { key: null, length: all.length };
    // 5 is Ctrl, 3 is Alt.
    const modifier = parameters.split(';')[1];
    return {
      key: { kind: 'key', name: modifier === '5' ? `C-${name}` : modifier === '3' ? `M-${name}` : name },
      length: all.length,
    };
  }
}

function controlName(c: string): string {
  return `C-${String.fromCharCode(c.charCodeAt(0) + 64).toLowerCase()}`;
}
