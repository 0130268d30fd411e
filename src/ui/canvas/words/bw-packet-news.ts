import { css, html, LitElement, type TemplateResult } from 'lit';
import type { LabSession } from '../../session/lab-session.ts';
import { playbackOf } from '../playhead/playback.ts';
import { describeMove } from './describe-move.ts';
import { packetNews } from './packet-news.ts';

/** So long after the first packet of several, they are told together. */
const GATHER = 1500;
/** More often than this nobody wants to be interrupted. */
const APART = 8000;

/** Tells a screen reader of packets as they come: several at once, and not too often. What is there at the beginning is no news. */
export class PacketNews extends LitElement {
  static override properties = { session: { attribute: false }, news: { state: true } };
  declare session: LabSession;
  declare news: string;

  static override styles = css`
    :host {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  `;

  private stops: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** The number of the last beat that was told, and when. */
  private told = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor() {
    super();
    this.news = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { session } = this;
    this.skip();
    this.stops = [session.trace.version.watch(() => this.hear()), session.prompted.watch(() => this.skip())];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  protected override render(): TemplateResult {
    return html`<div role="status">${this.news}</div>`;
  }

  private skip(): void {
    this.told = playbackOf(this.session).story.beats.length;
  }

  private hear(): void {
    const { beats } = playbackOf(this.session).story;
    // A story that is shorter has begun anew.
    if (beats.length < this.told) this.told = beats.length;
    if (!this.session.prompted.value || beats.length === this.told) return;
    const wait = Math.max(GATHER, this.toldAt + APART - performance.now());
    this.timer ??= setTimeout(() => this.tell(), wait);
  }

  private tell(): void {
    this.timer = null;
    const { session } = this;
    const language = session.language.value;
    const { beats } = playbackOf(session).story;
    this.news = packetNews(
      beats.slice(this.told),
      (move) => describeMove(move, session.viewAt(move.record.id), language),
      language,
    );
    this.told = beats.length;
    this.toldAt = performance.now();
  }
}

customElements.define('bw-packet-news', PacketNews);
