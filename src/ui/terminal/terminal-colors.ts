import type { ITheme } from '@xterm/xterm';
import type { ColorScheme } from '../session/lab-session.ts';

/** A terminal is dark in both schemes; its colours hold AA contrast on its ground (theme/tokens.css, `--terminal`). */
const COLORS: ITheme = {
  foreground: '#dbe6e9',
  cursor: '#7fd1b9',
  cursorAccent: '#16232b',
  selectionBackground: '#3b5f70',
  selectionForeground: '#ffffff',
  black: '#31434d',
  red: '#f2978c',
  green: '#7fd1b9',
  yellow: '#f2c879',
  blue: '#7db8ee',
  magenta: '#dba9ea',
  cyan: '#6fd0d6',
  white: '#dbe6e9',
  brightBlack: '#9fb1ba',
  brightRed: '#f8a99f',
  brightGreen: '#9be0cb',
  brightYellow: '#f7d79a',
  brightBlue: '#9ccaf3',
  brightMagenta: '#e6c0f1',
  brightCyan: '#92dfe4',
  brightWhite: '#ffffff',
};

/** The ground as in `theme/tokens.css`. */
const GROUND: Readonly<Record<ColorScheme, string>> = { light: '#16232b', dark: '#0a1217' };

export const terminalColors = (scheme: ColorScheme): ITheme => ({ ...COLORS, background: GROUND[scheme] });
