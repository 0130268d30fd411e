import { css, html, LitElement, type TemplateResult } from 'lit';
import type { LabSession } from '../../session/lab-session.ts';
import { Watching } from '../../session/signal.ts';
import { playbackOf } from '../playhead/playback.ts';
import { describeMove } from './describe-move.ts';
import { Paced } from './paced.ts';
import { CANVAS_WORDS } from './words.ts';

/** The step that the picture shows, as a sentence; read aloud when it is the learner who steps. */
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
    p.nothing {
      color: var(--quiet);
    }
  `;

  private watching: readonly [Paced, Watching] | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.watching ??= [
      new Paced(this, playbackOf(this.session)),
      new Watching(this, [this.session.language, this.session.view]),
    ];
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const language = session.language.value;
    const { playhead } = playbackOf(session);
    const move = playhead.beat?.moves[0];
    const idle = move === undefined || (playhead.playing && playhead.atEnd);
    const text = idle ? CANVAS_WORDS[language].nothingMoves : describeMove(move, session.view.value, language);
    return html`<p class=${idle ? 'nothing' : ''} title=${text} aria-live=${playhead.playing ? 'off' : 'polite'}>${text}</p>`;
  }
}

customElements.define('bw-step-line', StepLine);
