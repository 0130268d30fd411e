/** A key as a terminal sends it: a text to insert, or a named key. */
export type Key = { readonly text: string } | { readonly key: string };

const SEQUENCES: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[3~': 'delete',
  '[1;5C': 'word right',
  '[1;5D': 'word left',
  '[1;3C': 'word right',
  '[1;3D': 'word left',
  '[200~': 'paste',
  '[201~': 'paste end',
};

const CONTROLS: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'left',
  3: 'interrupt',
  4: 'end of file',
  5: 'end',
  6: 'right',
  7: 'abort',
  8: 'erase',
  9: 'tab',
  10: 'enter',
  11: 'kill to end',
  12: 'clear',
  13: 'enter',
  14: 'down',
  16: 'up',
  18: 'search',
  20: 'transpose',
  21: 'kill to start',
  23: 'kill word',
  25: 'yank',
  127: 'erase',
};

const META: Readonly<Record<string, string>> = {
  b: 'word left',
  f: 'word right',
  d: 'kill word right',
  '\u007f': 'kill letters',
  '\b': 'kill letters',
  '.': 'last argument',
};

/** Splits what comes from a terminal into keys. What is not whole yet stays for the next chunk. */
export class KeyReader {
  private rest = '';

  feed(chunk: string): readonly Key[] {
    const keys: Key[] = [];
    let text = this.rest + chunk;
    this.rest = '';
    while (text !== '') {
      const code = text.charCodeAt(0);
      if (code === 27) {
        const match = /^\u001b(\[[\d;]*[A-Za-z~]|O[A-Z])/.exec(text);
        if (match) {
          keys.push({ key: SEQUENCES[match[1] as string] ?? 'unknown' });
          text = text.slice(match[0].length);
          continue;
        }
        if (/^\u001b(\[[\d;]*|O)?$/.test(text) && text.length > 1) {
          this.rest = text;
          break;
        }
        const meta = text[1];
        keys.push({ key: meta === undefined ? 'escape' : (META[meta] ?? 'unknown') });
        text = text.slice(meta === undefined ? 1 : 2);
      } else if (code < 32 || code === 127) {
        keys.push({ key: CONTROLS[code] ?? 'unknown' });
        text = text.slice(1);
      } else {
        const plain = /^[^\u0000-\u001f\u007f]+/.exec(text)?.[0] ?? text;
        keys.push({ text: plain });
        text = text.slice(plain.length);
      }
    }
    return keys;
  }
}
