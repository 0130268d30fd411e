import { unescape } from '../../base/printf-format.ts';

/** What echo prints: bash's and BusyBox's, which take -n, -e and -E as letters in front. */
export function echoText(args: readonly string[]): string {
  let newline = true;
  let escapes = false;
  let i = 0;
  for (; i < args.length && /^-[neE]+$/.test(args[i] as string); i++) {
    for (const letter of (args[i] as string).slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = args.slice(i).join(' ');
  if (!escapes) return text + (newline ? '\n' : '');
  const plain = unescape(text, true);
  return plain.text + (newline && !plain.stop ? '\n' : '');
}
