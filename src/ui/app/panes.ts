import { Signal } from '../session/signal.ts';

/** How much fits side by side: see docs of `app.css`. */
export type LayoutMode = 'wide' | 'medium' | 'narrow' | 'phone';

/** What a phone shows, one at a time. */
export const PANES = ['guide', 'terminal', 'picture', 'files', 'browser', 'packets'] as const;
export type Pane = (typeof PANES)[number];

/** What shares the place beside the terminal. */
export const TOOLS = ['files', 'browser', 'packets', 'tables', 'details'] as const;
export type Tool = (typeof TOOLS)[number];

/** Widths from which on there is room; a low window, as a phone held sideways, is a phone's. */
const QUERIES: readonly (readonly [LayoutMode, string])[] = [
  ['phone', '(max-width: 599px), (max-height: 479px)'],
  ['narrow', '(max-width: 899px)'],
  ['medium', '(max-width: 1279px)'],
];

/** The layout that fits the window, as it changes. */
export function layoutOfWindow(): Signal<LayoutMode> {
  const lists = QUERIES.map(([mode, query]) => [mode, matchMedia(query)] as const);
  const fitting = (): LayoutMode => lists.find(([, list]) => list.matches)?.[0] ?? 'wide';
  const layout = new Signal<LayoutMode>(fitting());
  for (const [, list] of lists) list.addEventListener('change', () => layout.set(fitting()));
  return layout;
}
