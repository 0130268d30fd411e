/** What stty(1) shows of a terminal (termios(3)), as far as programs here use it. */
export interface Termios {
  /** Line discipline: lines with erase (true), or every key at once (false). */
  readonly canonical: boolean;
  readonly echo: boolean;
  /** Ctrl+C, Ctrl+\ and Ctrl+Z make signals. */
  readonly signals: boolean;
  /** \n goes out as \r\n. */
  readonly outputNewline: boolean;
  /** \r comes in as \n. */
  readonly inputNewline: boolean;
}

export const COOKED: Termios = { canonical: true, echo: true, signals: true, outputNewline: true, inputNewline: true };
export const RAW: Termios = {
  canonical: false,
  echo: false,
  signals: false,
  outputNewline: false,
  inputNewline: false,
};

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}
