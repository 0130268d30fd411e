import { parse, type WordPart } from 'unbash';

/** The parts of a text that is expanded like a here-document: in arithmetic, prompts, and variables' patterns. */
export function templateParts(text: string): readonly WordPart[] | null {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const script = parse(`:<<${END}\n${text}\n${END}\n`);
  const command = script.commands[0]?.command;
  const redirect = command?.type === 'Command' ? command.redirects[0] : undefined;
  const parts = redirect?.type === 'HereDoc' ? (redirect.body.parts ?? null) : null;
  if (cache.size > 500) cache.clear();
  cache.set(text, parts);
  return parts;
}

const END = '__TEMPLATE_ENDS_HERE__';
const cache = new Map<string, readonly WordPart[] | null>();

/** A word of a text that has to be one word, as brace expansion makes them. */
export function wordParts(text: string): readonly WordPart[] | null {
  const command = parse(`: ${text}`).commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  return word?.type === 'Word' ? (word.parts ?? null) : null;
}

/** `$'…'` (bash(1), QUOTING). */
export function ansiC(text: string): string {
  const SIMPLE: Readonly<Record<string, string>> = {
    a: '\u0007',
    b: '\b',
    e: '\u001b',
    E: '\u001b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    '\\': '\\',
    "'": "'",
    '"': '"',
    '?': '?',
  };
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c([^])|([^]))/g,
    (all, hex?: string, u?: string, bigU?: string, octal?: string, control?: string, other?: string) => {
      const code = hex ?? u ?? bigU;
      if (code !== undefined) return codePoint(Number.parseInt(code, 16));
      if (octal !== undefined) return codePoint(Number.parseInt(octal, 8) & 255);
      if (control !== undefined) return codePoint(control.charCodeAt(0) & 31);
      return SIMPLE[other as string] ?? all;
    },
  );
}

const codePoint = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');

/** A value as a word that a shell reads back as that value. */
export function quoteWord(text: string): string {
  if (text === '') return "''";
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (/[\u0000-\u001f]/.test(text))
    return `$'${text
      .replace(/[\\']/g, '\\$&')
      .replace(/\n/g, '\\n')
      .replace(/\t/g, '\\t')
      .replace(/[\u0000-\u001f]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)}'`;
  return `'${text.replace(/'/g, "'\\''")}'`;
}
