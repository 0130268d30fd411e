import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LabSession } from '../../session/lab-session.ts';
import { Watching } from '../../session/signal.ts';
import { firstPacketCommand } from '../first-packet.ts';
import { playbackOf } from '../playhead/playback.ts';
import { describeMove } from './describe-move.ts';
import { Paced } from './paced.ts';
import { CANVAS_WORDS } from './words.ts';

/**
 * The step that the picture shows, as a sentence; read aloud when it is the learner who steps. Until anything has moved it offers a command
 * that makes something move.
 *
 * @fires run-command - with the command to be typed into the first terminal
 */
export class StepLine extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: LabSession;

  static override styles = css`
    p {
      display: -webkit-box;
      margin: 0;
      overflow: hidden;
      color: var(--ink);
      font: 13px / 1.4 var(--sans);
      overflow-wrap: anywhere;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }
    .first {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 10px;
      align-items: center;
    }
    button {
      padding: 3px 10px;
      border: 1px solid var(--accent);
      border-radius: var(--radius-small);
      background: none;
      color: var(--accent);
      font: 600 12px / 1.4 var(--sans);
      cursor: pointer;
    }
    button:hover {
      background: var(--accent-soft);
    }
    button:focus-visible {
      outline: 2px solid var(--focus);
      outline-offset: 2px;
    }
    @media (pointer: coarse) {
      button {
        min-height: 40px;
      }
    }
    code {
      font: 12px / 1.4 var(--mono);
    }
    p.nothing {
      color: var(--quiet);
    }
  `;

  private watching: readonly [Paced, Watching] | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.watching ??= [
      new Paced(this, playbackOf(this.session)),
      new Watching(this, [this.session.language, this.session.live]),
    ];
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const language = session.language.value;
    const { playhead } = playbackOf(session);
    const move = playhead.beat?.moves[0];
    const idle = move === undefined || playhead.through;
    if (playhead.length === 0) return this.renderInvitation();
    const text = idle
      ? CANVAS_WORDS[language].nothingMoves
      : describeMove(move, session.viewAt(move.record.id), language);
    return html`<p class=${idle ? 'nothing' : ''} title=${text} aria-live=${playhead.playing ? 'off' : 'polite'}>${text}</p>`;
  }

  private renderInvitation(): TemplateResult {
    const { live, language } = this.session;
    const words = CANVAS_WORDS[language.value];
    const idle = Object.values(live.value.terminals).every(({ command }) => command === null);
    const command = idle ? firstPacketCommand(live.value) : null;
    const run = () =>
      this.dispatchEvent(new CustomEvent('run-command', { bubbles: true, composed: true, detail: command }));
    return html`<div class="first">
      <p class="nothing">${words.nothingYet}</p>
      ${command === null ? nothing : html`<button @click=${run}>${words.firstPacket}: <code>${command}</code></button>`}
    </div>`;
  }
}

customElements.define('bw-step-line', StepLine);
