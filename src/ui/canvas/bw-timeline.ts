import { css, html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import type { LabSession } from '../session/lab-session.ts';
import { Watching } from '../session/signal.ts';
import { type Playback, playbackOf } from './playhead/playback.ts';
import { type Playhead, type Speed, SPEEDS } from './playhead/playhead.ts';
import { MOST_TICKS, ticksOf } from './playhead/ticks.ts';
import { TIMELINE_WORDS, type TimelineWords } from './words/timeline-words.ts';

/** The playhead's controls: play, hop, scrub, speed, follow, hold. */
export class BwTimeline extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: LabSession;

  static override styles = css`
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 8px;
      padding: 6px 12px;
      border-top: 1px solid var(--line);
      background: var(--card);
      color: var(--ink);
      font: 13px / 1.3 var(--sans);
    }
    .buttons {
      display: flex;
      gap: 4px;
    }
    button,
    select {
      min-width: 30px;
      height: 30px;
      padding: 0 6px;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius-small);
      background: var(--raised);
      color: var(--ink);
      font: inherit;
      cursor: pointer;
    }
    button:hover,
    select:hover {
      border-color: var(--accent);
    }
    button:focus-visible,
    select:focus-visible,
    input:focus-visible {
      outline: 2px solid var(--focus);
      outline-offset: 2px;
    }
    button[disabled] {
      border-color: var(--line);
      color: var(--quiet);
      cursor: default;
    }
    button[aria-pressed='true'],
    .play {
      border-color: var(--accent);
      background: var(--accent);
      color: var(--on-accent);
    }
    svg {
      display: block;
      margin: auto;
      fill: currentColor;
    }
    .track {
      position: relative;
      flex: 1 1 140px;
      min-width: 100px;
      height: 30px;
    }
    .ticks {
      position: absolute;
      inset: 7px 8px;
      width: calc(100% - 16px);
      height: 16px;
      overflow: visible;
      pointer-events: none;
    }
    .track::before {
      position: absolute;
      top: 14px;
      right: 8px;
      left: 8px;
      height: 2px;
      background: var(--line-strong);
      content: '';
    }
    input {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 30px;
      margin: 0;
      appearance: none;
      background: none;
      cursor: pointer;
    }
    input::-webkit-slider-thumb {
      width: 14px;
      height: 24px;
      border: 2px solid var(--accent);
      border-radius: 5px;
      appearance: none;
      background: var(--raised);
    }
    input::-moz-range-thumb {
      width: 10px;
      height: 20px;
      border: 2px solid var(--accent);
      border-radius: 5px;
      background: var(--raised);
    }
    .count {
      min-width: 92px;
      color: var(--quiet);
      font-variant-numeric: tabular-nums;
    }
    @media (pointer: coarse) {
      button,
      select {
        min-width: 40px;
        height: 40px;
      }
    }
  `;

  private get playback(): Playback {
    return playbackOf(this.session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watching ??= new Watching(this, [
      this.playback.changed,
      this.session.language,
      this.session.selected,
      this.playback.followed,
    ]);
  }

  private watching: Watching | null = null;
  /** The ticks that stand, and how long the story was when they were drawn. */
  private drawn = { length: -1, ticks: html`` };

  protected override updated(_changed: PropertyValues): void {
    const range = this.renderRoot.querySelector('input');
    if (range) range.value = String(this.playback.playhead.position);
  }

  protected override render(): TemplateResult {
    const words = TIMELINE_WORDS[this.session.language.value];
    const { playhead } = this.playback;
    const { position, length, playing, atEnd } = playhead;
    const running = playing && (!atEnd || this.playback.hold.on);
    const none = length === 0;
    return html`
      <div class="buttons" role="group" aria-label=${words.playhead}>
        ${button(words.firstBeat, ICONS.first, position === 0, () => this.go((p) => (p.pause(), p.seek(0))))}
        ${button(words.hopBack, ICONS.back, position === 0, () => this.go((p) => p.hopBack()))}
        <button class="play" aria-label=${running ? words.pause : words.play} title=${running ? words.pause : words.play}
          @click=${() => this.playback.toggle()}>${icon(running ? ICONS.pause : ICONS.play)}</button>
        ${button(words.hopForward, ICONS.forward, atEnd && !this.playback.hold.on, () => this.go((p) => p.hopForward()))}
        ${button(words.nextPacket, ICONS.packet, atEnd, () => this.go((p) => p.nextPacket()))}
        ${button(words.nextCommand, ICONS.command, atEnd, () => this.go((p) => p.nextCommand()))}
      </div>
      <span class="count">${none ? words.nothingYet : words.hopOf(position, length)}</span>
      <div class="track">
        ${this.ticks(playhead)}
        <input type="range" min="0" max=${length} step="1" .value=${String(position)} ?disabled=${none}
          aria-label=${words.scrub} aria-valuetext=${words.hopOf(position, length)} @input=${(event: Event) => this.scrub(event)} />
      </div>
      ${this.settings(words, playhead)}
    `;
  }

  private settings(words: TimelineWords, playhead: Playhead): TemplateResult {
    const selected = this.session.selected.value;
    const followed = this.playback.followed.value;
    const journey = selected?.kind === 'journey' ? selected.journey : null;
    return html`
      <select aria-label=${words.speed} title=${words.speed} @change=${(event: Event) => this.setSpeed(event)}>
        ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === playhead.speed}>${speed}×</option>`)}
      </select>
      ${
        journey !== null || followed !== null
          ? html`<button aria-pressed=${followed !== null} title=${words.followHint}
              @click=${() => this.playback.followed.set(followed === null ? journey : null)}>${words.follow}</button>`
          : nothing
      }
      <button aria-pressed=${this.playback.hold.on} title=${words.holdHint}
        @click=${() => this.playback.setHold(!this.playback.hold.on)}>${words.hold}</button>
      <button ?disabled=${playhead.atEnd && playhead.playing} title=${words.liveHint} @click=${() => this.playback.live()}>${words.live}</button>
    `;
  }

  /** Where packets begin, in their colours. They stand until the story has grown by half of what sets two of them apart. */
  private ticks({ story, length }: Playhead): TemplateResult {
    const { drawn } = this;
    if (length >= drawn.length && (length - drawn.length) * 2 * MOST_TICKS <= drawn.length) return drawn.ticks;
    const ticks = html`<svg class="ticks" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">
      ${[...ticksOf(story.beats, length)].map(
        ([tone, places]) =>
          svg`<path d=${places.map((at) => `M${at * 1000} 0v16`).join('')} stroke-width="2.5" stroke=${`var(--packet-${tone}-text)`}></path>`,
      )}
    </svg>`;
    this.drawn = { length, ticks };
    return ticks;
  }

  private go(move: (playhead: Playhead) => void): void {
    this.playback.go(move);
  }

  private scrub(event: Event): void {
    const position = Number((event.target as HTMLInputElement).value);
    this.playback.go((playhead) => {
      playhead.pause();
      playhead.seek(position);
    });
  }

  private setSpeed(event: Event): void {
    this.playback.setSpeed(Number((event.target as HTMLSelectElement).value) as Speed);
  }
}

const ICONS = {
  first: 'M3 3h2v10H3zM13 3v10L6 8z',
  back: 'M11 3v10L4 8z',
  play: 'M4 2.5v11L14 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  forward: 'M5 3v10l7-5z',
  packet: 'M3 3v10l6-5zM10 3h2.5v10H10z',
  command: 'M2 3v10l5-5zM7 3v10l5-5zM12.5 3H14v10h-1.5z',
} as const;

const icon = (path: string): TemplateResult =>
  html`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d=${path}></path></svg>`;

const button = (label: string, path: string, disabled: boolean, press: () => void): TemplateResult =>
  html`<button aria-label=${label} title=${label} ?disabled=${disabled} @click=${press}>${icon(path)}</button>`;

customElements.define('bw-timeline', BwTimeline);
