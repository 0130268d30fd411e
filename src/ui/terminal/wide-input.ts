/**
 * Full-width forms of ASCII, as a Japanese keyboard gives them when its input method was left on: U+FF01 to U+FF5E stand 0xFEE0
 * behind their half-width twins (Unicode, Halfwidth and Fullwidth Forms), and U+3000 is the space.
 */
const WIDE = /[\uff01-\uff5e\u3000]+/;

/** The first stretch of full-width letters in a command line; null where there is none. */
export function wideInput(line: string): string | null {
  return WIDE.exec(line)?.[0] ?? null;
}

/** The same line in half-width letters. */
export function narrowed(line: string): string {
  return line.replace(new RegExp(WIDE, 'g'), (wide) =>
    [...wide]
      .map((letter) => (letter === '\u3000' ? ' ' : String.fromCharCode(letter.charCodeAt(0) - 0xfee0)))
      .join(''),
  );
}
