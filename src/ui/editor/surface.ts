import type { Diagnosis } from '../../lab/messages.ts';
import type { ColorScheme } from '../session/lab-session.ts';
import type { Language } from '../words/catalog.ts';

/** Where a text is written: Monaco, or a plain text area where that doesn't serve. */
export interface Surface {
  /** Shows a file's text; the cursor and what was undone are kept for each path. */
  show(path: string, text: string, label: string): void;
  mark(diagnoses: readonly Diagnosis[]): void;
  /** @param line counted from 1 */
  reveal(line: number): void;
  focus(): void;
  dress(look: { readonly scheme: ColorScheme; readonly language: Language }): void;
  dispose(): void;
}

export interface SurfaceEvents {
  readonly onInput: (path: string, text: string) => void;
  readonly onSave: () => void;
}

/** The line of an offset, counted from 1. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
