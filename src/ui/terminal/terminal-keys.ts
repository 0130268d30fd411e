/** What a key means in a terminal before the machine gets it. */
export type KeyMeaning =
  | 'machine'
  /** The browser's own: pastes, or means something to the page. */
  | 'browser'
  /** Moves the focus on. */
  | 'leave'
  | 'copy'
  | 'find'
  /** An Escape that the next key gives its meaning: Tab leaves, and the machine gets nothing; any other follows it there. */
  | 'hold'
  /** Shift and the like, on the way to another key. */
  | 'modifier'
  /** It belongs to an input method and does nothing else. */
  | 'nothing';

export type Key = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey' | 'isComposing' | 'keyCode'
>;

/**
 * The habits that people bring: Ctrl+C copies what is selected and interrupts otherwise, Ctrl+V pastes, Escape then Tab leaves,
 * and the Enter that confirms a composition submits nothing.
 */
export class TerminalKeys {
  private afterEscape = false;

  meaning(event: Key, { selected }: { readonly selected: boolean }): KeyMeaning {
    // Safari ends a composition before it sends the key that ended it: keyCode 229 tells it from a real Enter.
    if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) return 'nothing';
    if (event.isComposing) return 'machine';
    if (isModifier(event.key)) return 'modifier';
    const leaves = event.key === 'Tab' && this.afterEscape;
    this.afterEscape = event.key === 'Escape';
    if (leaves) return 'leave';
    if (this.afterEscape) return 'hold';
    const control = event.ctrlKey && !event.altKey && !event.metaKey;
    if (!control) return 'machine';
    const key = event.key.toLowerCase();
    if (key === 'c' && (event.shiftKey || selected)) return 'copy';
    if (key === 'v') return 'browser';
    if (key === 'f' && event.shiftKey) return 'find';
    if (event.key === '`') return 'browser';
    return 'machine';
  }
}

const isModifier = (key: string) => key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta';
