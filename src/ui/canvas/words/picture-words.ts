import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LabSession } from '../../session/lab-session.ts';
import { Watching } from '../../session/signal.ts';
import { sameSubject } from '../../session/subject.ts';
import type { Move } from '../playhead/beat.ts';
import { playbackOf } from '../playhead/playback.ts';
import { buildScene } from '../scene/build-scene.ts';
import { plannedOf } from '../scene/planned.ts';
import type { Depth } from '../scene/scene.ts';
import { describeMove } from './describe-move.ts';
import { type OutlineNode, outlineOf } from './outline.ts';
import { Paced } from './paced.ts';
import { TreeWalk } from './tree-walk.ts';
import { waySoFar } from './way-so-far.ts';
import { CANVAS_WORDS } from './words.ts';

/** The picture in words, always there for those who listen, and to be seen when it is opened or the keyboard enters it. */
export class PictureWords extends LitElement {
  static override properties = { session: { attribute: false }, depth: {}, active: { state: true } };
  declare session: LabSession;
  declare depth: Depth;
  /** The node that the keyboard is at. */
  declare active: string | null;

  static override styles = css`
    :host {
      overflow: auto;
      color: var(--ink);
      font: 13px / 1.5 var(--sans);
    }
    h3 {
      margin: 8px 0 4px;
      font-size: 13px;
    }
    p,
    ol,
    ul {
      margin: 0;
      padding-left: 18px;
    }
    p {
      padding-left: 0;
    }
    ul {
      list-style: none;
    }
    ul[role='tree'] {
      padding-left: 0;
    }
    li > span {
      display: inline-block;
      padding: 0 4px;
      border-radius: 4px;
      cursor: pointer;
    }
    li:focus {
      outline: none;
    }
    li:focus > span {
      outline: 2px solid var(--focus);
    }
    .chosen {
      background: var(--accent-soft);
    }
  `;

  private watching: readonly [Paced, Watching] | null = null;
  private readonly walk = new TreeWalk();

  override connectedCallback(): void {
    super.connectedCallback();
    const { session } = this;
    this.watching ??= [
      new Paced(this, playbackOf(session)),
      new Watching(this, [session.language, playbackOf(session).world, session.selected, session.planned]),
    ];
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const language = session.language.value;
    const words = CANVAS_WORDS[language];
    const { playhead, world } = playbackOf(session);
    const view = world.value;
    const move = playhead.beat?.moves[0];
    const nodes = outlineOf(buildScene(view, this.depth, plannedOf(session, view)), language);
    this.walk.nodes = nodes;
    const way = waySoFar(playhead);
    // What has been removed since was there when it happened.
    const say = (each: Move) => describeMove(each, session.viewAt(each.record.id), language);
    return html`
      <h3>${words.step}</h3>
      <p class="step">${move ? say(move) : words.nothingMoves}</p>
      ${
        way.length === 0
          ? nothing
          : html`<h3 id="way">${words.wayOf}</h3>
            <ol class="way" aria-labelledby="way">
              ${way.map((each) => html`<li>${say(each)}</li>`)}
            </ol>`
      }
      <h3 id="all">${words.inWords}</h3>
      <ul role="tree" aria-labelledby="all" @keydown=${(event: KeyboardEvent) => this.press(event)}>
        ${nodes.map((node) => this.item(node, nodes[0]?.id))}
      </ul>
    `;
  }

  private item(node: OutlineNode, first: string | undefined): TemplateResult {
    const at = (this.active ?? first) === node.id;
    const chosen = node.subject !== null && sameSubject(node.subject, this.session.selected.value);
    return html`<li
      role="treeitem"
      data-id=${node.id}
      tabindex=${at ? 0 : -1}
      aria-selected=${chosen}
      @focus=${(event: FocusEvent) => this.enter(event, node)}
      @blur=${() => this.session.pointed.set(null)}
      @click=${(event: Event) => this.choose(event, node)}
    >
      <span class=${chosen ? 'chosen' : ''}>${node.text}</span>
      ${node.children.length === 0 ? nothing : html`<ul role="group">${node.children.map((child) => this.item(child, first))}</ul>`}
    </li>`;
  }

  private enter(event: FocusEvent, node: OutlineNode): void {
    event.stopPropagation();
    this.active = node.id;
    this.session.pointed.set(node.subject);
  }

  private choose(event: Event, node: OutlineNode): void {
    event.stopPropagation();
    this.session.selected.set(node.subject);
  }

  private press(event: KeyboardEvent): void {
    const at = (event.target as HTMLElement).dataset['id'] ?? '';
    const next = this.walk.step(at, event.key);
    if (event.key === 'Enter' || event.key === ' ') this.session.selected.set(this.walk.find(at)?.subject ?? null);
    else if (next !== null) this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(next)}"]`)?.focus();
    else return;
    event.preventDefault();
  }
}

customElements.define('bw-picture-words', PictureWords);
