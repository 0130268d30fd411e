import type { Tone } from './shape.ts';

export type Palette = Readonly<Record<Tone, string>>;

/** Packets in the colours of Okabe and Ito, which the colour-blind can tell apart; lighter ones at night where contrast asks for it. */
export const LIGHT: Palette = {
  paper: '#fbfaf7',
  surface: '#ffffff',
  host: '#eef1f0',
  ink: '#1e2a30',
  quiet: '#56666e',
  line: '#c6ccca',
  wire: '#4b5a62',
  accent: '#0f6e6e',
  arp: '#e69f00',
  icmp: '#a8487f',
  dns: '#56b4e9',
  tcp: '#0072b2',
  http: '#00785a',
  udp: '#fffaf0',
  bad: '#c04a00',
  good: '#2d8a5b',
  'on-token': '#ffffff',
};

export const DARK: Palette = {
  paper: '#0e171d',
  surface: '#131f27',
  host: '#182730',
  ink: '#dde6ea',
  quiet: '#93a5ae',
  line: '#334650',
  wire: '#8fa3ae',
  accent: '#54c2bd',
  arp: '#e69f00',
  icmp: '#cc79a7',
  dns: '#56b4e9',
  tcp: '#2d8fcf',
  http: '#2fc49a',
  udp: '#f4ecd8',
  bad: '#ff8a4d',
  good: '#5bc98f',
  'on-token': '#ffffff',
};

/** What the page's own tokens say about the tones that have one. */
const TOKENS: Partial<Record<Tone, string>> = {
  paper: '--paper',
  surface: '--surface',
  ink: '--ink',
  quiet: '--quiet',
  accent: '--accent',
};

/** The palette of a scheme with the page's own colours in it. */
export function paletteOf(scheme: 'light' | 'dark', token: (name: string) => string): Palette {
  const own = Object.entries(TOKENS).flatMap(([tone, name]) => {
    const value = token(name).trim();
    return /^#[0-9a-f]{6}$/i.test(value) ? [[tone, value] as const] : [];
  });
  return { ...(scheme === 'dark' ? DARK : LIGHT), ...Object.fromEntries(own) };
}
