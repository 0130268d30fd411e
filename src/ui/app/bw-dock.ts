import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { WatchedElement } from '../element/watched-element.ts';
import './bw-part.ts';
import type { PartName } from './bw-part.ts';
import type { Page } from './page.ts';
import { type Tool, TOOLS } from './panes.ts';
import { WORDS } from './words.ts';

const PARTS: Readonly<Record<Tool, PartName>> = {
  files: 'files',
  browser: 'browser',
  packets: 'packets',
  tables: 'tables',
  details: 'inspector',
};

/** The tools, one at a time: files, browser, packets, tables, and the details where they have no place of their own. */
export class BwDock extends WatchedElement {
  static override properties = { page: { attribute: false } };
  declare page: Page;
  /** Those that have been in sight: the others needn't be loaded. */
  private readonly used = new Set<Tool>();

  protected override watched() {
    const { tool, layout, session, toolsOpen } = this.page;
    return [tool, layout, session.language, toolsOpen];
  }

  private get tools(): readonly Tool[] {
    return TOOLS.filter((tool) => tool !== 'details' || this.page.layout.value !== 'wide');
  }

  protected override render(): TemplateResult {
    const { session, tool, layout } = this.page;
    const words = WORDS[session.language.value];
    const shown = this.tools.includes(tool.value) ? tool.value : 'files';
    this.used.add(shown);
    const slides = layout.value === 'medium' || layout.value === 'narrow';
    return html`
      <div class="dock-bar">
        <div class="tabs" role="tablist" aria-label=${words.tools} @keydown=${this.moveAlongTabs}>
          ${this.tools.map(
            (each) => html`<button
              role="tab"
              class="tab"
              id=${`tool-tab-${each}`}
              aria-selected=${each === shown ? 'true' : 'false'}
              aria-controls=${this.used.has(each) ? `tool-panel-${each}` : nothing}
              tabindex=${each === shown ? 0 : -1}
              @click=${() => this.page.showTool(each)}
            >
              ${words.tool[each]}
            </button>`,
          )}
        </div>
        ${
          slides
            ? html`<button
              class="icon-button"
              title=${words.closeTools}
              aria-label=${words.closeTools}
              @click=${() => this.page.toolsOpen.set(false)}
            >
              <span aria-hidden="true">×</span>
            </button>`
            : nothing
        }
      </div>
      ${repeat(
        this.tools.filter((each) => this.used.has(each)),
        (each) => each,
        (each) => html`<div
          class="tool"
          role="tabpanel"
          id=${`tool-panel-${each}`}
          aria-labelledby=${`tool-tab-${each}`}
          ?hidden=${each !== shown}
        >
          <bw-part .name=${PARTS[each]} .session=${session}></bw-part>
        </div>`,
      )}
    `;
  }

  private moveAlongTabs(event: KeyboardEvent): void {
    const { tools } = this;
    const at = tools.indexOf(this.page.tool.value);
    const last = tools.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at <= 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    this.page.showTool(tools[to] as Tool);
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    });
  }
}

customElements.define('bw-dock', BwDock);
