/** Word splitting (POSIX.1 XCU 2.6.5): what expansions gave falls apart at the characters of IFS; quoted and literal text doesn't. */

export type Chunk =
  /** `quoted`: neither split nor a pattern; `literal`: a pattern, not split; `expanded`: both. */
  | { readonly text: string; readonly kind: 'quoted' | 'literal' | 'expanded' }
  /** Ends a field, as between the parameters of "$@". */
  | { readonly kind: 'break' };

export interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

export type Field = readonly Piece[];

/** The fields that chunks make. A quoted empty text makes an empty field; an unquoted one none. */
export function splitFields(chunks: readonly Chunk[], ifs: string): readonly Field[] {
  const fields: Field[] = [];
  let current: Piece[] | null = null;
  const end = () => {
    if (current) fields.push(current);
    current = null;
  };
  const add = (text: string, quoted: boolean) => {
    if (text === '' && !quoted) return;
    (current ??= []).push({ text, quoted });
  };
  const space = [...ifs].filter((c) => c === ' ' || c === '\t' || c === '\n').join('');
  for (const chunk of chunks) {
    if (chunk.kind === 'break') end();
    else if (chunk.kind !== 'expanded') add(chunk.text, chunk.kind === 'quoted');
    else if (ifs === '') add(chunk.text, false);
    else splitChunk(chunk.text);
  }
  end();
  return fields;

  function splitChunk(text: string): void {
    let word = '';
    for (let i = 0; i < text.length; i++) {
      const c = text[i] as string;
      if (!ifs.includes(c)) {
        word += c;
        continue;
      }
      add(word, false);
      word = '';
      if (space.includes(c)) {
        while (i + 1 < text.length && space.includes(text[i + 1] as string)) i++;
        // White space around another separator belongs to it.
        const next = text[i + 1];
        if (next !== undefined && ifs.includes(next) && current) continue;
        end();
      } else {
        (current ??= []).push({ text: '', quoted: true });
        end();
        while (i + 1 < text.length && space.includes(text[i + 1] as string)) i++;
      }
    }
    add(word, false);
  }
}

/** The plain text of a field. */
export function fieldText(field: Field): string {
  return field.map(({ text }) => text).join('');
}
