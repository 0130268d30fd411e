import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import type { Lab } from '../../lab/lab.ts';
import type { Words } from '../words.ts';
import { terminalColors } from './terminal-colors.ts';

/** How long one frame may work on the machine, in milliseconds: the page stays alive whatever a program does. */
const FRAME_BUDGET = 8;
/** Events between two looks at the clock. */
const EVENTS_PER_LOOK = 2000;

/** A terminal of the simulated host in the page, and the clock that keeps the machine at the pace of the wall. */
export function mountTerminal(parent: HTMLElement, lab: Lab, words: Words): Terminal {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const terminal = new Terminal({
    cursorBlink: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: 14,
    lineHeight: 1.2,
    scrollback: 5000,
    screenReaderMode: false,
    theme: terminalColors(dark.matches),
  });
  dark.addEventListener('change', () => {
    terminal.options.theme = terminalColors(dark.matches);
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(parent);
  terminal.textarea?.setAttribute('aria-label', words.terminal);
  fit.fit();
  const id = lab.openTerminal({
    columns: terminal.cols,
    rows: terminal.rows,
    onOutput: (text) => terminal.write(text),
  });
  terminal.onData((text) => lab.type(id, text));
  terminal.onResize(({ cols, rows }) => lab.resize(id, cols, rows));
  terminal.attachCustomKeyEventHandler((event) => keyGoesToTerminal(event, terminal));
  new ResizeObserver(() => fit.fit()).observe(parent);
  run(lab);
  terminal.focus();
  return terminal;
}

/** Ctrl+C copies when something is selected, and interrupts when not; Escape then Tab leaves the terminal. */
function keyGoesToTerminal(event: KeyboardEvent, terminal: Terminal): boolean {
  if (event.type !== 'keydown') return true;
  if (event.ctrlKey && !event.shiftKey && event.key === 'c' && terminal.hasSelection()) {
    void navigator.clipboard.writeText(terminal.getSelection());
    terminal.clearSelection();
    return false;
  }
  if (event.key === 'Tab' && lastKey === 'Escape') {
    lastKey = '';
    return false;
  }
  lastKey = event.key;
  return true;
}

let lastKey = '';

/** Drives the machine: a frame's worth of virtual time each frame, never longer than its budget. */
function run(lab: Lab): void {
  const startWall = performance.now();
  const startVirtual = lab.now;
  // Time that the machine could not keep up with is let go, not run after.
  let behind = 0;
  const frame = () => {
    const begin = performance.now();
    const target = startVirtual + (begin - startWall - behind) * 1e6;
    let reached = false;
    while (!reached && performance.now() - begin < FRAME_BUDGET) reached = lab.advanceUpTo(target, EVENTS_PER_LOOK);
    if (!reached) behind += (target - lab.now) / 1e6;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
