import { html, nothing, type TemplateResult } from 'lit';
import type { FetchedPage } from '../../lab/messages.ts';
import type { SimTime } from '../../lab/feed/feed.ts';
import { marked } from '../inspector/marked.ts';
import { paneStyle } from '../inspector/pane-style.ts';
import { paced, SessionElement } from '../inspector/session-element.ts';
import type { LabSession } from '../session/lab-session.ts';
import { Preferences } from '../session/preferences.ts';
import { readAddress, type TypedAddress } from './address.ts';
import { browserStyle } from './browser-style.ts';
import { explainFailure } from './explain-failure.ts';
import { hostAddress, openAddresses } from './open-ports.ts';
import { type PageView, pageView } from './page-view.ts';
import { rememberAddress, visitedAddresses } from './visited.ts';
import { BROWSER_WORDS } from './words.ts';

type From = 'host' | 'lan';

interface Visit {
  readonly url: string;
  readonly machine: From;
}

const VIEWS: readonly PageView[] = ['page', 'source', 'headers'];
/** After so many seconds of the machine's time a wait is explained. */
const LONG = 5;

/**
 * A browser on the host or on another machine of the LAN: an address bar, what the server answered, or why there is no answer. Pages are
 * shown without scripts in a sandbox, and nothing on them is loaded.
 *
 * @fires show-details - the packet that explains a failure is selected: whoever shows the details brings them into sight
 */
export class BwBrowser extends SessionElement {
  static override readonly styles = [paneStyle, browserStyle];
  static override readonly properties = {
    ...SessionElement.properties,
    typed: { state: true },
    machine: { state: true },
    problem: { state: true },
    asked: { state: true },
    page: { state: true },
    view: { state: true },
  };
  declare typed: string;
  declare machine: From;
  declare problem: Extract<TypedAddress, { ok: false }> | null;
  /** What is being waited for, or has been answered. */
  declare asked: (Visit & { readonly time: SimTime }) | null;
  declare page: FetchedPage | null;
  declare view: PageView;
  private readonly preferences = new Preferences();
  private past: readonly Visit[] = [];
  private questions = 0;
  private shown: unknown = null;

  constructor() {
    super();
    this.typed = '';
    this.machine = 'host';
    this.problem = null;
    this.asked = null;
    this.page = null;
    this.view = 'page';
  }

  protected watched({ live, opened, trace }: LabSession) {
    return [paced(live), opened, paced(trace.version)];
  }

  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const opened = this.session?.opened.value ?? null;
    if (opened === this.shown) return;
    this.shown = opened;
    this.questions++;
    if (opened === null) {
      // The session began again: what was shown is of another world.
      this.page = null;
      this.asked = null;
      return;
    }
    const { machine, page } = opened;
    this.arrive({ url: page.url, machine });
    this.asked = { url: page.url, machine, time: 0 };
    this.page = page;
  }

  override render(): TemplateResult {
    const words = BROWSER_WORDS[this.language];
    return html`
      ${this.renderBar()} ${this.problem === null ? nothing : this.renderProblem(this.problem)}
      ${this.asked && this.page?.ok ? this.renderStatus(this.page) : nothing}
      <div class="view" aria-live="polite" aria-busy=${this.asked !== null && this.page === null}>
        ${
          this.asked === null
            ? this.renderStart()
            : this.page === null
              ? this.renderLoading(this.asked)
              : this.page.ok
                ? pageView(this.page, this.view, words, (url) => this.go(url, this.machine))
                : this.renderFailure(this.page, this.asked)
        }
      </div>
    `;
  }

  private renderBar(): TemplateResult {
    const words = BROWSER_WORDS[this.language];
    const { past } = this;
    return html`<form @submit=${this.submit} aria-label=${words.title}>
      <button type="button" class="icon" title=${words.back} aria-label=${words.back} ?disabled=${past.length < 2} @click=${this.goBack}>
        <span aria-hidden="true">←</span>
      </button>
      <button
        type="button"
        class="icon"
        title=${words.reload}
        aria-label=${words.reload}
        ?disabled=${this.asked === null}
        @click=${() => this.asked && this.go(this.asked.url, this.asked.machine)}
      >
        <span aria-hidden="true">⟳</span>
      </button>
      <input
        class="address"
        type="text"
        inputmode="url"
        autocapitalize="off"
        autocomplete="off"
        spellcheck="false"
        list="visited"
        aria-label=${words.address}
        placeholder="http://localhost:1234"
        aria-invalid=${this.problem !== null}
        aria-describedby=${this.problem === null ? nothing : 'problem'}
        .value=${this.typed}
        @input=${(event: InputEvent) => {
          this.typed = (event.target as HTMLInputElement).value;
        }}
      />
      <datalist id="visited">${visitedAddresses(this.preferences).map((url) => html`<option value=${url}></option>`)}</datalist>
      <button type="submit" class="go">${words.go}</button>
      <select
        aria-label=${words.from}
        @change=${(event: Event) => {
          this.machine = (event.target as HTMLSelectElement).value as From;
        }}
      >
        ${(['host', 'lan'] as const).map((each) => html`<option value=${each} ?selected=${each === this.machine}>${words.machine[each]}</option>`)}
      </select>
    </form>`;
  }

  private renderProblem(problem: Extract<TypedAddress, { ok: false }>): TemplateResult {
    const words = BROWSER_WORDS[this.language];
    const text =
      problem.problem === 'other scheme'
        ? words.otherScheme(problem.scheme)
        : problem.problem === 'empty'
          ? words.emptyAddress
          : words.notAnAddress;
    return html`<p class="hint problem" id="problem" role="alert">
      ${marked(text)}
      ${
        problem.problem === 'other scheme'
          ? html`<button type="button" class="link" @click=${() => this.go(problem.instead, this.machine)}>${words.tryInstead(problem.instead)}</button>`
          : nothing
      }
    </p>`;
  }

  private renderStatus(page: Extract<FetchedPage, { ok: true }>): TemplateResult {
    const words = BROWSER_WORDS[this.language];
    return html`<div class="status">
      <span class="code mono ${page.status < 400 ? 'good' : 'bad'}">${page.status} ${page.reason}</span>
      <span class="quiet">${words.answered(page.address, page.seconds)}</span>
      <span class="views" role="group" aria-label=${words.shownAs}>
        ${VIEWS.map(
          (each) => html`<button
            type="button"
            aria-pressed=${each === this.view}
            @click=${() => {
              this.view = each;
            }}
          >
            ${words[each]}
          </button>`,
        )}
      </span>
    </div>`;
  }

  private renderStart(): TemplateResult {
    const words = BROWSER_WORDS[this.language];
    const view = this.session.live.value;
    const addresses = openAddresses(view, this.machine);
    return html`<div class="start">
      ${
        addresses.length === 0
          ? html`<p>${marked(words.startNothing)}</p>`
          : html`<p>${words.start}</p>
              <ul>
                ${addresses.map(
                  (url) =>
                    html`<li><button type="button" class="link mono" @click=${() => this.go(url, this.machine)}>${url}</button></li>`,
                )}
              </ul>`
      }
      <p class="quiet">${marked(words.localhost(this.machine, hostAddress(view) ?? ''))}</p>
    </div>`;
  }

  private renderLoading({ url, time }: { readonly url: string; readonly time: SimTime }): TemplateResult {
    const words = BROWSER_WORDS[this.language];
    const seconds = Math.max(0, (this.session.live.value.time - time) / 1e9);
    return html`<div class="loading">
      <p>${words.loading(url)} …</p>
      <div class="meter"></div>
      ${seconds >= 1 ? html`<p class="quiet" aria-hidden="true">${words.waiting(seconds)}</p>` : nothing}
      ${seconds >= LONG ? html`<p>${words.waitingLong}</p>` : nothing}
    </div>`;
  }

  private renderFailure(
    page: Extract<FetchedPage, { ok: false }>,
    asked: Visit & { readonly time: SimTime },
  ): TemplateResult {
    const words = BROWSER_WORDS[this.language];
    const { kind, journey } = explainFailure(page, asked, this.session.trace);
    const failure = words.failure(kind, {
      url: page.url,
      machine: asked.machine,
      hostAddress: hostAddress(this.session.live.value) ?? '',
    });
    return html`<div class="failure">
      <h2><span class="mark" aria-hidden="true">✕</span> ${failure.title}</h2>
      <p>${marked(failure.why)}</p>
      ${
        journey === null
          ? nothing
          : html`<p>
              <button
                type="button"
                class="link"
                @click=${() => {
                  this.session.selected.set({ kind: 'journey', journey: journey.id });
                  this.dispatchEvent(new CustomEvent('show-details', { bubbles: true, composed: true }));
                }}
              >
                ${words.seePacket}
              </button>
            </p>`
      }
      <h3>${words.checkThis}</h3>
      <ul>
        ${failure.check.map((line) => html`<li>${marked(line)}</li>`)}
      </ul>
      <p class="quiet">${words.said}: <code>${page.error}</code></p>
    </div>`;
  }

  private readonly submit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.go(this.typed, this.machine);
  };

  private readonly goBack = (): void => {
    const before = this.past.at(-2);
    if (before === undefined) return;
    this.past = this.past.slice(0, -2);
    this.machine = before.machine;
    this.go(before.url, before.machine);
  };

  private arrive(visit: Visit): void {
    const last = this.past.at(-1);
    if (last?.url !== visit.url || last.machine !== visit.machine) this.past = [...this.past, visit];
    this.typed = visit.url;
    this.machine = visit.machine;
    this.problem = null;
    this.view = this.view === 'source' ? 'page' : this.view;
    rememberAddress(this.preferences, visit.url);
  }

  private go(typed: string, machine: From): void {
    const address = readAddress(typed);
    if (!address.ok) {
      this.problem = address;
      return;
    }
    const { url } = address;
    this.arrive({ url, machine });
    this.asked = { url, machine, time: this.session.live.value.time };
    this.page = null;
    const question = ++this.questions;
    void this.session.machine.ask({ ask: 'fetch', machine, url }).then((page) => {
      // Somebody may have gone elsewhere meanwhile.
      if (question === this.questions) this.page = page;
    });
  }
}

customElements.define('bw-browser', BwBrowser);
