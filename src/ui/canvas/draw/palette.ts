import type { Tone } from './shape.ts';

export type Palette = Readonly<Record<Tone, string>>;

const PACKETS = ['arp', 'icmp', 'dns', 'tcp', 'udp', 'http', 'rst', 'other'] as const;

/** The page's own token for each tone (theme/tokens.css). */
const TOKENS: Readonly<Record<Tone, string>> = {
  paper: '--paper',
  surface: '--room',
  host: '--machine-host',
  lan: '--machine-lan',
  ink: '--ink',
  quiet: '--quiet',
  line: '--line',
  edge: '--line-strong',
  wire: '--cable',
  accent: '--accent',
  'accent-soft': '--accent-soft',
  'on-accent': '--on-accent',
  good: '--ok',
  warn: '--warn',
  bad: '--danger',
  'bad-soft': '--danger-soft',
  ...(Object.fromEntries(
    PACKETS.flatMap((kind) => [
      [kind, `--packet-${kind}`],
      [`on-${kind}`, `--on-packet-${kind}`],
      [`${kind}-text`, `--packet-${kind}-text`],
    ]),
  ) as Record<Exclude<Tone, BaseTone>, string>),
};

type BaseTone =
  | Extract<Tone, 'paper' | 'surface' | 'host' | 'lan' | 'ink' | 'quiet' | 'line' | 'edge' | 'wire'>
  | Signal;
type Signal = 'accent' | 'accent-soft' | 'on-accent' | 'good' | 'warn' | 'bad' | 'bad-soft';

/** Colours of the scheme that is on now. */
export function pagePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return paletteOf((name) => style.getPropertyValue(name));
}

/** Colours of the scheme that is on, as the page's style sheet gives them. @param token the value of a custom property */
export function paletteOf(token: (name: string) => string): Palette {
  return Object.fromEntries(
    Object.entries(TOKENS).map(([tone, name]) => [tone, token(name).trim() || '#808080']),
  ) as unknown as Palette;
}
