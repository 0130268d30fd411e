import { printValue, toJson, typeName, type GoValue } from './value.ts';

/** Go's fmt.Sprintf for the verbs that formats use: v s d q t x X f e g c T and %%, with width, precision, - + 0. */
export function sprintf(format: string, args: readonly GoValue[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+ 0#]*)(\d+|\*)?(?:\.(\d+))?(.)/g,
    (_, flags: string, width, precision, verb: string) => {
      if (verb === '%') return '%';
      const wide = width === '*' ? Number(args[next++]) : Number(width ?? 0);
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const value = args[next++] as GoValue;
      const shown = convert(verb, value, precision === undefined ? undefined : Number(precision), flags);
      if (flags.includes('-')) return shown.padEnd(wide);
      return flags.includes('0') && typeof value === 'number' ? zeroPad(shown, wide) : shown.padStart(wide);
    },
  );
  if (next >= args.length) return text;
  const extra = args.slice(next).map((each) => `${typeName(each)}=${printValue(each)}`);
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function convert(verb: string, value: GoValue, precision: number | undefined, flags: string): string {
  const wrong = (): string => `%!${verb}(${typeName(value)}=${printValue(value)})`;
  const number = typeof value === 'number' ? value : undefined;
  const sign = flags.includes('+') && number !== undefined && number >= 0 ? '+' : '';
  switch (verb) {
    case 'v':
      return sign + printValue(value);
    case 's':
      return typeof value === 'number' || typeof value === 'boolean' ? wrong() : printValue(value).slice(0, precision);
    case 'q':
      return typeof value === 'string' ? toJson(value) : wrong();
    case 'd':
      return number === undefined ? wrong() : sign + String(Math.trunc(number));
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong();
    case 'x':
    case 'X': {
      const hex = number?.toString(16) ?? (typeof value === 'string' ? hexOf(value) : undefined);
      return hex === undefined ? wrong() : verb === 'X' ? hex.toUpperCase() : hex;
    }
    case 'f':
      return number === undefined ? wrong() : sign + number.toFixed(precision ?? 6);
    case 'e':
      return number === undefined ? wrong() : number.toExponential(precision ?? 6);
    case 'g':
      return number === undefined ? wrong() : String(number);
    case 'c':
      return number === undefined ? wrong() : String.fromCodePoint(number);
    case 'T':
      return typeName(value);
    default:
      return wrong();
  }
}

function hexOf(text: string): string {
  return [...text].map((each) => (each.codePointAt(0) as number).toString(16).padStart(2, '0')).join('');
}

function zeroPad(shown: string, width: number): string {
  const sign = /^[+-]/.exec(shown)?.[0] ?? '';
  return sign + shown.slice(sign.length).padStart(width - sign.length, '0');
}
