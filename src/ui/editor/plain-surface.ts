import type { Surface, SurfaceEvents } from './surface.ts';

const INDENT = '  ';

/** A text area: for phones, whose keyboards Monaco doesn't know, and wherever Monaco can't be loaded. */
export class PlainSurface implements Surface {
  private readonly area = document.createElement('textarea');
  private path = '';
  private leaving = false;

  constructor(
    parent: HTMLElement,
    private readonly events: SurfaceEvents,
  ) {
    this.area.className = 'plain-editor';
    Object.assign(this.area, { spellcheck: false, autocapitalize: 'off', autocomplete: 'off', wrap: 'off' });
    this.area.setAttribute('autocorrect', 'off');
    this.area.addEventListener('input', () => events.onInput(this.path, this.area.value));
    this.area.addEventListener('keydown', (event) => this.key(event));
    parent.append(this.area);
  }

  show(path: string, text: string, label: string): void {
    this.path = path;
    this.area.setAttribute('aria-label', label);
    if (this.area.value !== text) this.area.value = text;
  }

  mark(): void {
    // The list below the text names lines and reasons.
  }

  reveal(line: number): void {
    const lines = this.area.value.split('\n');
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    const height = Number.parseFloat(getComputedStyle(this.area).lineHeight);
    this.area.scrollTop = Math.max(0, (line - 3) * height);
  }

  focus(): void {
    this.area.focus();
  }

  dress(): void {
    // Colours come with the page's style sheet.
  }

  dispose(): void {
    this.area.remove();
  }

  /** Enter keeps the indentation, Tab indents, Escape and then Tab leaves. */
  private key(event: KeyboardEvent): void {
    const leaving = this.leaving;
    this.leaving = event.key === 'Escape';
    if (event.isComposing || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault();
      this.events.onSave();
    } else if (event.ctrlKey || event.metaKey) return;
    else if (event.key === 'Tab' && !event.shiftKey && !leaving) {
      event.preventDefault();
      this.insert(INDENT);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const before = this.area.value.slice(0, this.area.selectionStart);
      const line = before.slice(before.lastIndexOf('\n') + 1);
      const indent = /^ */.exec(line)?.[0] ?? '';
      this.insert(`\n${indent}${/:\s*$/.test(line) ? INDENT : ''}`);
    }
  }

  /** As if it had been typed: the browser's own undo knows it. */
  private insert(text: string): void {
    this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, 'end');
    this.events.onInput(this.path, this.area.value);
  }
}
