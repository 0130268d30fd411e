import { html, nothing, type TemplateResult } from 'lit';
import { TERMINAL_NAMES } from '../../scenario/course/exercise.ts';
import { WatchedElement } from '../element/watched-element.ts';
import '../guide/bw-guide.ts';
import type { CourseDesk } from '../guide/course-desk.ts';
import '../terminal/bw-terminals.ts';
import type { BwTerminals } from '../terminal/bw-terminals.ts';
import './app.css';
import './header.css';
import './bw-dock.ts';
import './bw-header.ts';
import './bw-notices.ts';
import './bw-part.ts';
import './bw-shortcuts.ts';
import type { BwShortcuts } from './bw-shortcuts.ts';
import './bw-splitter.ts';
import type { ResizeAsked } from './bw-splitter.ts';
import './bw-start-over.ts';
import type { BwStartOver } from './bw-start-over.ts';
import './bw-tab-bar.ts';
import type { Page } from './page.ts';
import { TOOLS } from './panes.ts';
import { type PaneSize, rememberedSize, rememberSize } from './sizes.ts';
import { WORDS } from './words.ts';

/** The page: header, guide, picture, terminals, tools and details, as much of it side by side as the window has room for. */
export class BwApp extends WatchedElement {
  static override properties = { page: { attribute: false }, desk: { attribute: false } };
  declare page: Page;
  declare desk: CourseDesk;

  protected override watched() {
    const { session, layout, pane, tool, toolsOpen, guideOpen } = this.page;
    return [session.language, layout, pane, tool, toolsOpen, guideOpen];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const handle = (event: KeyboardEvent) => this.handleKey(event);
    document.addEventListener('keydown', handle);
    this.until(() => document.removeEventListener('keydown', handle));
    this.addEventListener('resize-asked', (event) => this.resize(event as ResizeAsked));
    this.addEventListener('start-over', () => this.querySelector<BwStartOver>('bw-start-over')?.open());
    this.until(
      this.desk.solved.watch((exercise) => {
        const { page } = this;
        const open = this.desk.open.value;
        const language = page.session.language.value;
        if (exercise && 'page' in open) page.tell(WORDS[language].solved(open.page.title[language]));
      }),
    );
    this.until(
      this.desk.play.watch((play) => {
        const input = play?.inputs[play.position];
        if (input && 'terminal' in input) this.page.showTerminal(TERMINAL_NAMES.indexOf(input.terminal) + 1);
        else if (input?.do === 'visit') this.page.showTool('browser');
      }),
    );
    this.addEventListener('show-details', () => {
      if (this.page.layout.value !== 'wide') this.page.showTool('details');
    });
    this.addEventListener('run-command', (event) => {
      this.page.deck.clearLine(1);
      const line = (event as CustomEvent<string>).detail;
      this.desk.run([{ do: 'run', line, terminal: TERMINAL_NAMES[0], stays: false, note: null }]);
    });
    this.addEventListener('shortcuts', () => this.querySelector<BwShortcuts>('bw-shortcuts')?.open());
  }

  protected override render(): TemplateResult {
    const { page, desk } = this;
    const { session } = page;
    const layout = page.layout.value;
    const words = WORDS[session.language.value];
    const sizes = (['guide', 'details', 'lower', 'dock'] as const)
      .map((name) => `--size-${name}:${rememberedSize(page.preferences, name)}px`)
      .join(';');
    const slides = layout === 'medium' || layout === 'narrow';
    return html`
      <div class="skip-links">
        ${this.renderSkip('guide', words.skipToGuide)} ${this.renderSkip('terminal', words.skipToTerminal)}
      </div>
      <bw-header .page=${page} .progress=${desk.progress}></bw-header>
      <div
        class="work"
        style=${sizes}
        data-layout=${layout}
        data-pane=${page.pane.value}
        ?data-tools=${slides && page.toolsOpen.value}
        ?data-guide=${page.guideOpen.value}
      >
        <aside class="pane guide-pane" id="guide" tabindex="-1" aria-label=${words.guide}><bw-guide .page=${page} .desk=${desk}></bw-guide></aside>
        ${layout === 'wide' || layout === 'medium' ? this.renderSplitter('guide', 'left') : nothing}
        <main class="stage">
          <section class="pane picture-pane" id="picture" tabindex="-1" aria-label=${words.picture}>
            <bw-part .name=${'picture'} .session=${session}></bw-part>
            <bw-part class="timeline" .name=${'timeline'} .session=${session}></bw-part>
          </section>
          ${
            layout === 'wide'
              ? html`${this.renderSplitter('details', 'right')}
                <section class="pane details-pane" id="details" tabindex="0" aria-label=${words.details}>
                  <bw-part .name=${'inspector'} .session=${session}></bw-part>
                </section>`
              : nothing
          }
          ${layout === 'phone' ? nothing : this.renderSplitter('lower', 'below')}
          <section class="pane terminal-pane" id="terminal" tabindex="-1" aria-label=${words.terminal}>
            <bw-terminals .deck=${page.deck} .beside=${slides ? this.renderTools() : null}></bw-terminals>
          </section>
          ${layout === 'wide' ? this.renderSplitter('dock', 'right') : nothing}
          <section class="pane dock-pane" id="tools" tabindex="-1" aria-label=${words.tools}>
            <bw-dock .page=${page}></bw-dock>
          </section>
        </main>
      </div>
      ${layout === 'phone' ? html`<bw-tab-bar .page=${page}></bw-tab-bar>` : nothing}
      <bw-notices .page=${page}></bw-notices>
      <bw-shortcuts .page=${page}></bw-shortcuts>
      <bw-start-over .page=${page} .desk=${desk}></bw-start-over>
    `;
  }

  private renderSplitter(pane: PaneSize, side: 'left' | 'right' | 'below'): TemplateResult {
    const words = WORDS[this.page.session.language.value];
    return html`<bw-splitter
      class="splitter-${pane}"
      .pane=${pane}
      .side=${side}
      .size=${rememberedSize(this.page.preferences, pane)}
      .name=${words.sizeOf[pane]}
    ></bw-splitter>`;
  }

  /** Where the tools slide over the picture: what opens them. */
  private renderTools(): TemplateResult {
    const { page } = this;
    const words = WORDS[page.session.language.value];
    return html`<div class="tool-buttons" role="group" aria-label=${words.tools}>
      ${TOOLS.map((tool) => {
        const open = page.toolsOpen.value && page.tool.value === tool;
        return html`<button
          class="tab"
          aria-pressed=${open ? 'true' : 'false'}
          @click=${() => (open ? page.toolsOpen.set(false) : page.showTool(tool))}
        >
          ${words.tool[tool]}
        </button>`;
      })}
    </div>`;
  }

  private renderSkip(id: 'guide' | 'terminal', text: string): TemplateResult {
    // The address behind # says which page of the course is open: a skip link must not change it.
    const skip = (event: Event) => {
      event.preventDefault();
      this.focusPane(id);
    };
    return html`<a class="button primary" href=${`#${id}`} @click=${skip}>${text}</a>`;
  }

  private focusPane(id: string): void {
    const { page } = this;
    if (id === 'guide' || id === 'terminal' || id === 'picture') page.pane.set(id);
    if (id === 'guide') page.guideOpen.set(true);
    void this.updateComplete.then(() => {
      if (id === 'terminal') this.querySelector<BwTerminals>('bw-terminals')?.focusActive();
      else this.querySelector<HTMLElement>(`#${id}`)?.focus();
    });
  }

  private resize({ pane, size }: ResizeAsked): void {
    rememberSize(this.page.preferences, pane, size);
    this.requestUpdate();
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === '`' && event.ctrlKey) this.focusPane('terminal');
    else if (event.key === 'F6') this.focusNextPane(event.shiftKey ? -1 : 1);
    else if (event.key === '?' && !isTyping(event)) this.querySelector<BwShortcuts>('bw-shortcuts')?.open();
    else return;
    event.preventDefault();
  }

  /** In the order in which they stand in the page. */
  private focusNextPane(by: number): void {
    const panes = [...this.querySelectorAll<HTMLElement>('.pane')].filter((pane) => pane.offsetParent !== null);
    const at = panes.findIndex((pane) => pane.contains(document.activeElement));
    const next = panes[(at + by + panes.length) % panes.length];
    if (next) this.focusPane(next.id);
  }
}

/** Keys that are typed somewhere mean nothing to the page. */
function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

customElements.define('bw-app', BwApp);
