import { concatBytes, NO_BYTES } from '../../base/bytes.ts';

/** Watches typed keys for the sequence that detaches, Ctrl+P Ctrl+Q by default (moby/term EscapeProxy). */
export class EscapeKeys {
  private readonly sequence: readonly number[];
  private matched = 0;

  constructor(keys: string) {
    this.sequence = parseKeys(keys) ?? [16, 17];
  }

  /** What of the input goes on; keys that may begin the sequence are held back until that is decided. */
  filter(input: Uint8Array): { readonly data: Uint8Array; readonly detached: boolean } {
    const parts: Uint8Array[] = [];
    let from = 0;
    for (let i = 0; i < input.length; i++) {
      if (input[i] === this.sequence[this.matched]) {
        if (this.matched === 0) parts.push(input.subarray(from, i));
        this.matched++;
        from = i + 1;
        if (this.matched === this.sequence.length) return { data: concatBytes(parts), detached: true };
        continue;
      }
      if (this.matched > 0) parts.push(Uint8Array.from(this.sequence.slice(0, this.matched)));
      this.matched = 0;
    }
    if (this.matched === 0) parts.push(input.subarray(from));
    return { data: parts.length === 0 ? NO_BYTES : concatBytes(parts), detached: false };
  }
}

/** The bytes of `ctrl-p,ctrl-q` or `a,b`; null where it is not such a list. */
export function parseKeys(keys: string): readonly number[] | null {
  if (keys === '') return null;
  const bytes: number[] = [];
  for (const key of keys.split(',')) {
    if (key.length === 1) {
      bytes.push(key.charCodeAt(0));
      continue;
    }
    const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key)?.[1];
    if (control === undefined) return null;
    bytes.push(control.toUpperCase().charCodeAt(0) & 31);
  }
  return bytes;
}
