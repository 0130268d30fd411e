/** printf(1): its format, its conversions and the escapes that echo -e and %b share. Left out: %n, and long doubles' digits. */

export interface Formatted {
  readonly text: string;
  /** Arguments that were no numbers, and the like. */
  readonly errors: readonly PrintfError[];
}

export type PrintfError =
  | { readonly kind: 'number'; readonly argument: string }
  | { readonly kind: 'conversion'; readonly conversion: string };

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Backslash escapes. `\c` ends all output. @param leadingZero octal needs a 0 in front, as in echo -e and %b */
export function unescape(text: string, leadingZero: boolean): { readonly text: string; readonly stop: boolean } {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const next = text[i + 1];
    if (c !== '\\' || next === undefined) {
      result += c;
      continue;
    }
    const rest = text.slice(i + 1);
    const numeric = (
      leadingZero
        ? /^(?:0([0-7]{0,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/
        : /^(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/
    ).exec(rest);
    if (numeric) {
      const [all, octal, ...hex] = numeric;
      const digits = hex.find((each) => each !== undefined);
      const code = digits !== undefined ? Number.parseInt(digits, 16) : Number.parseInt(octal || '0', 8) & 255;
      result += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      i += all.length;
    } else if (next === 'c') return { text: result, stop: true };
    else if (SIMPLE[next] !== undefined || (!leadingZero && (next === '"' || next === "'"))) {
      result += SIMPLE[next] ?? next;
      i++;
    } else result += c;
  }
  return { text: result, stop: false };
}

const CONVERSION = /%(?:%|([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(?:hh|h|ll|l|j|z|t|L|q)?([A-Za-z])?)/y;

/** Formats arguments; the format is used again as long as arguments remain. */
export function formatPrintf(format: string, args: readonly string[], quote: (text: string) => string): Formatted {
  const errors: PrintfError[] = [];
  let text = '';
  let at = 0;
  do {
    const before = at;
    const pass = onePass();
    text += pass.text;
    if (pass.stop || at === before) break;
  } while (at < args.length);
  return { text, errors };

  function next(): string | undefined {
    return args[at++];
  }

  function onePass(): { readonly text: string; readonly stop: boolean } {
    let result = '';
    for (let i = 0; i < format.length; ) {
      if (format[i] !== '%') {
        let end = format.indexOf('%', i);
        if (end < 0) end = format.length;
        const plain = unescape(format.slice(i, end), false);
        result += plain.text;
        if (plain.stop) return { text: result, stop: true };
        i = end;
        continue;
      }
      CONVERSION.lastIndex = i;
      const match = CONVERSION.exec(format);
      if (!match) {
        result += '%';
        i++;
        continue;
      }
      i = CONVERSION.lastIndex;
      if (match[0] === '%%') {
        result += '%';
        continue;
      }
      const [all, flags = '', width, precision, letter] = match;
      if (letter === undefined || !'diouxXcsbqeEfFgGaA'.includes(letter)) {
        errors.push({ kind: 'conversion', conversion: all });
        return { text: result, stop: true };
      }
      const size = width === '*' ? Number(next() ?? 0) : Number(width ?? 0);
      const digits =
        precision === '*'
          ? Number(next() ?? 0)
          : precision !== undefined
            ? Number(precision)
            : all.includes('.')
              ? 0
              : null;
      const body = convert(letter, next(), flags, digits);
      result += pad(body.text, Math.min(Math.abs(size) || 0, 100_000), size < 0 ? `${flags}-` : flags, body.numeric);
      if (body.stop) return { text: result, stop: true };
    }
    return { text: result, stop: false };
  }

  function convert(letter: string, argument: string | undefined, flags: string, digits: number | null) {
    const cut = (value: string) => (digits === null || digits < 0 ? value : [...value].slice(0, digits).join(''));
    switch (letter) {
      case 's':
        return { text: cut(argument ?? ''), numeric: false };
      case 'c':
        return { text: [...(argument ?? '')][0] ?? '', numeric: false };
      case 'q':
        return { text: quote(argument ?? ''), numeric: false };
      case 'b': {
        const plain = unescape(argument ?? '', true);
        return { text: cut(plain.text), numeric: false, stop: plain.stop };
      }
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return { text: integer(letter, whole(argument), flags, digits), numeric: digits === null };
      default:
        return {
          text: floating(letter, real(argument), flags, digits === null ? 6 : Math.min(digits, 100)),
          numeric: true,
        };
    }
  }

  function whole(argument: string | undefined): bigint {
    const text = (argument ?? '0').trim();
    if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
    if (text === '' && argument !== undefined) return 0n;
    const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|\d+)/.exec(text);
    const body = match?.[2];
    if (!body || match[0].length < text.length) errors.push({ kind: 'number', argument: argument ?? '' });
    if (!body) return 0n;
    const value = /^0\d/.test(body) ? BigInt(`0o${body.slice(1)}`) : BigInt(body);
    return match?.[1] === '-' ? -value : value;
  }

  function real(argument: string | undefined): number {
    const text = (argument ?? '0').trim();
    const value = /^["']/.test(text) ? (text.codePointAt(1) ?? 0) : Number.parseFloat(text || '0');
    if (
      !/^["']/.test(text) &&
      text !== '' &&
      (Number.isNaN(value) || !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text))
    )
      errors.push({ kind: 'number', argument: argument ?? '' });
    return Number.isNaN(value) ? 0 : value;
  }
}

function integer(letter: string, value: bigint, flags: string, digits: number | null): string {
  const unsigned = value < 0n && letter !== 'd' && letter !== 'i' ? BigInt.asUintN(64, value) : value;
  const base = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10;
  const negative = unsigned < 0n;
  let body = (negative ? -unsigned : unsigned).toString(base);
  if (digits !== null) body = body.padStart(Math.min(digits, 1000), '0');
  if (flags.includes('#') && base === 16 && value !== 0n) body = `0x${body}`;
  if (flags.includes('#') && base === 8 && !body.startsWith('0')) body = `0${body}`;
  if (letter === 'X') body = body.toUpperCase();
  return sign(negative, flags) + body;
}

/** A number in one of C's floating-point formats. */
export function floating(letter: string, value: number, flags: string, digits: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const negative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const exponent = (text: string) => text.replace(/e([-+])(\d)$/, 'e$10$2');
  let body: string;
  switch (letter.toLowerCase()) {
    case 'e':
      body = exponent(size.toExponential(digits));
      break;
    case 'g': {
      const places = digits === 0 ? 1 : digits;
      const power = size === 0 ? 0 : Number(size.toExponential(places - 1).split('e')[1]);
      body =
        power < -4 || power >= places
          ? exponent(size.toExponential(places - 1))
          : size.toFixed(Math.max(0, places - 1 - power));
      if (!flags.includes('#') && body.includes('.')) body = body.replace(/\.?0+(?=e|$)/, '');
      break;
    }
    default:
      body =
        size >= 1e21
          ? BigInt(Math.trunc(size)).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '')
          : size.toFixed(digits);
  }
  return sign(negative, flags) + (letter === letter.toUpperCase() ? body.toUpperCase() : body);
}

function sign(negative: boolean, flags: string): string {
  return negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function pad(text: string, width: number, flags: string, numeric: boolean): string {
  const length = [...text].length;
  if (length >= width) return text;
  const fill = width - length;
  if (flags.includes('-')) return text + ' '.repeat(fill);
  if (!flags.includes('0') || !numeric) return ' '.repeat(fill) + text;
  const prefix = /^[-+ ]?(?:0[xX])?/.exec(text)?.[0] ?? '';
  return prefix + '0'.repeat(fill) + text.slice(prefix.length);
}
